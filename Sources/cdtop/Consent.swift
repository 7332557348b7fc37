import ArgumentParser
import Canvas
import Deploys

/// The options by which a person agrees to a mutation.
struct ConsentOptions: ParsableArguments {
  @Flag(name: .long, help: "Do not ask; a protected environment needs --confirm as well.")
  var yes = false

  @Option(name: .long, help: "The protected environment's name, typed out.")
  var confirm: String?

  /// Says what will happen and gets the person's word for it.
  /// - Throws: An exit code, after having said why nothing is done.
  func obtain(for action: String, in environment: Environment) throws {
    if let confirm, confirm != environment.name {
      throw Console.failure(
        "--confirm \(confirm) does not name the environment, which is \(environment.name)",
        remedy: "Nothing was sent.")
    }
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

extension OperationOutcome {
  /// Prints how an operation ended.
  /// - Parameter url: The run's page, where it is known before the operation.
  /// - Throws: An exit code where it was refused or nobody knows.
  func report(url: String?) throws {
    switch self {
    case .done(let message, let run):
      let place = url ?? run.map { "\($0.repository) run \($0.id)" }
      Console.print(PlainText.sanitized(place.map { "\(message): \($0)" } ?? message))
    case .refused(let message, let remedy):
      throw Console.failure(message, remedy: remedy)
    case .unknown(let message):
      throw Console.failure(message, code: Exit.unknown)
    }
  }
}
