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
    try checkName(of: environment)
    let action = lines.map(PlainText.sanitized).joined(separator: "\n")
    let isNamed = confirm == environment.name
    if environment.isProtected, !isNamed || !yes {
      guard Console.isInteractive, !yes else {
        let missing = (yes ? [] : ["--yes"]) + (isNamed ? [] : ["--confirm \(environment.name)"])
        throw Console.failure(
          "\(environment.name) is protected: nothing was sent",
          remedy: "Add \(missing.joined(separator: " ")) to mean it.")
      }
      if isNamed {
        try askWhether(action)
        return
      }
      let answer = Console.ask(
        "\(action)\nType the environment's name, \(environment.name), to go on: ")
      guard answer == environment.name else {
        throw Console.failure("not confirmed: nothing was sent")
      }
      return
    }
    if yes { return }
    guard Console.isInteractive else {
      throw Console.failure(
        "nobody to ask: nothing was sent", remedy: "Add --yes to mean it.")
    }
    try askWhether(action)
  }

  /// Refuses a name that is not the environment's: a script that means another one is wrong here.
  /// - Throws: An exit code, after having said so.
  func checkName(of environment: Environment) throws {
    guard let confirm, confirm != environment.name else { return }
    throw Console.failure(
      "--confirm \(confirm) does not name the environment, which is \(environment.name)",
      remedy: "Nothing was sent.")
  }

  private func askWhether(_ action: String) throws {
    let answer = Console.ask("\(action)\nGo on? [y/N] ")
    guard ["y", "yes"].contains(answer?.lowercased()) else {
      throw Console.failure("not confirmed: nothing was sent")
    }
  }
}
