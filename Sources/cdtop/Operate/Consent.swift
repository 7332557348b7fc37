import ArgumentParser
import Canvas
import Deploys

/// The options by which a person agrees to a mutation.
struct ConsentOptions: ParsableArguments {
  @Flag(name: .long, help: "Do not ask; a protected environment needs --confirm as well.")
  var yes = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The protected environment's name, typed out; once for each where several are reached.",
      valueName: "name"))
  var confirm: [String] = []

  /// Says what will happen and gets the person's word for it.
  /// - Parameters:
  ///   - lines: What will happen; texts from outside are made harmless.
  ///   - environments: Where.
  /// - Throws: An exit code, after having said why nothing is done.
  func obtain(for lines: [String], in environments: [Environment]) throws {
    try checkNames(of: environments)
    let action = lines.map(PlainText.sanitized).joined(separator: "\n")
    let protected = environments.filter(\.isProtected).map(\.name)
    let unnamed = protected.filter { !confirm.contains($0) }
    if !unnamed.isEmpty || (!protected.isEmpty && !yes) {
      guard Console.isInteractive, !yes else {
        let missing = (yes ? [] : ["--yes"]) + unnamed.map { "--confirm \($0)" }
        let verb = protected.count == 1 ? "is" : "are"
        throw Console.failure(
          "\(protected.joined(separator: ", ")) \(verb) protected: nothing was sent",
          remedy: "Add \(missing.joined(separator: " ")) to mean it.")
      }
      guard !unnamed.isEmpty else {
        try askWhether(action)
        return
      }
      let name = unnamed.joined(separator: " ")
      let whose = unnamed.count == 1 ? "environment's name" : "environments' names"
      guard Console.ask("\(action)\nType the \(whose), \(name), to go on: ") == name else {
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

  /// Refuses a name that is none of the environments': a script that means another one is wrong
  /// here.
  /// - Throws: An exit code, after having said so.
  func checkNames(of environments: [Environment]) throws {
    let names = environments.map(\.name)
    for name in confirm where !names.contains(name) {
      throw Console.failure(
        "--confirm \(name) does not name the environment, which is "
          + names.joined(separator: " and "),
        remedy: "Nothing was sent.")
    }
  }

  private func askWhether(_ action: String) throws {
    let answer = Console.ask("\(action)\nGo on? [y/N] ")
    guard ["y", "yes"].contains(answer?.lowercased()) else {
      throw Console.failure("not confirmed: nothing was sent")
    }
  }
}
