import ArgumentParser
import Canvas
import Deploys

/// The options by which a person agrees to a mutation.
struct ConsentOptions: ParsableArguments {
  @Flag(name: .long, help: "Do not ask; a protected environment needs --confirm as well.")
  var yes = false

  @Option(
    name: .long,
    help: ArgumentHelp("The protected environment's name, typed out.", valueName: "name"))
  var confirm: String?

  /// Says what will happen and gets the person's word for it.
  /// - Parameters:
  ///   - lines: What will happen; texts from outside are made harmless.
  ///   - environment: Where.
  /// - Throws: An exit code, after having said why nothing is done.
  func obtain(for lines: [String], in environment: Environment) throws {
    if let confirm, confirm != environment.name {
      throw Console.failure(
        "--confirm \(confirm) does not name the environment, which is \(environment.name)",
        remedy: "Nothing was sent.")
    }
    let action = lines.map(PlainText.sanitized).joined(separator: "\n")
    if environment.isProtected {
      if confirm == environment.name { return }
      guard Console.isInteractive, !yes else {
        throw Console.failure(
          "\(environment.name) is protected: nothing was sent",
          remedy: "Add --confirm \(environment.name) to mean it.")
      }
      let answer = Console.ask(
        "\(action)\nType the environment's name, \(environment.name), to go on: ")
      guard answer == environment.name else {
        throw Console.failure("not confirmed: nothing was sent")
      }
      return
    }
    if yes || confirm == environment.name { return }
    guard Console.isInteractive else {
      throw Console.failure(
        "nobody to ask: nothing was sent", remedy: "Add --yes to mean it.")
    }
    let answer = Console.ask("\(action)\nGo on? [y/N] ")
    guard ["y", "yes"].contains(answer?.lowercased()) else {
      throw Console.failure("not confirmed: nothing was sent")
    }
  }
}
