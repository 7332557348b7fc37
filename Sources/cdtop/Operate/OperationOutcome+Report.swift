import ArgumentParser
import Canvas
import Deploys

extension OperationOutcome {
  /// Prints how an operation ended.
  /// - Parameter url: The run's page, where it is known.
  /// - Throws: An exit code where it was refused or nobody knows.
  func report(url: String?) throws {
    switch self {
    case .done(let message, let run):
      let place = url ?? run.map { "\($0.repository) run \($0.id)" }
      Console.print(PlainText.sanitized(place.map { "\(message): \($0)" } ?? message))
    case .refused(let message, let remedy):
      let complaints = DispatchComplaint.all(in: message).map(\.line)
      throw Console.failure([message], remedies: complaints + [remedy])
    case .unknown(let message):
      throw Console.failure(message, code: Exit.unknown)
    }
  }
}

extension DispatchComplaint {
  /// What is wrong, said of the option that gives it.
  fileprivate var line: String {
    switch field {
    case .ref: "--ref: \(text)"
    case .input(let name): "-f \(name)=…: \(text)"
    }
  }
}
