import Deploys

/// What a command is about to do.
struct Proposal {
  /// What is sent.
  var mutation: Mutation
  /// The environment that it concerns.
  var environment: Environment
  /// The others that it reaches and that are guarded: they take the same consent.
  var guarded: [Environment] = []
  /// What a person is asked to agree to, in lines.
  var question: [String]
  /// What is worth reading before, in lines.
  var plan: [String] = []
  /// The page of the run that is changed; `nil` where one is made.
  var url: String?
  /// What JSON says beyond what is the same for every command.
  var details: [String: JSONValue] = [:]

  /// All environments that have a say in it.
  var reached: [Environment] { [environment] + guarded.filter { $0.name != environment.name } }

  /// Why it may not be sent, as a sentence; `nil` where it may.
  var readOnlyReason: String? {
    let closed = reached.lazy.compactMap { environment in
      environment.readOnlyReason.map { "\(environment.name) is read-only: \($0)" }
    }
    return closed.first
  }

  /// What stands between a rehearsal and the sending, as a sentence; `nil` for nothing.
  var remark: String? {
    if let readOnlyReason { return "It would be refused: \(readOnlyReason)" }
    let names = reached.filter(\.isProtected).map(\.name)
    guard !names.isEmpty else { return nil }
    let options = names.map { "--confirm \($0)" }.joined(separator: " ")
    let verb = names.count == 1 ? "is" : "are"
    return "\(names.joined(separator: ", ")) \(verb) protected: it takes --yes \(options)."
  }
}
