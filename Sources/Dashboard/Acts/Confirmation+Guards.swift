import Deploys

extension Confirmation {
  /// The question for something that reaches guarded environments besides its own: every protected
  /// one has to be typed.
  init(_ environment: String, isProtected: Bool, besides guarded: [Environment]) {
    let names =
      (isProtected ? [environment] : []) + guarded.filter(\.isProtected).map(\.name)
    self.init(
      environment: names.isEmpty ? environment : names.joined(separator: " "),
      isProtected: !names.isEmpty)
  }
}

extension Environment {
  /// Why nothing may be sent to it, with its name; `nil` where it may.
  var refusal: String? { readOnlyReason.map { "\(name) is read-only: \($0)" } }
}

extension [Environment] {
  /// Those that are guarded and called like what is answered for on GitHub.
  func guarded(by targets: [ReviewRequest.Target], besides own: String) -> [Environment] {
    targets.compactMap { named(onGitHub: $0.name) }.guarded(besides: own)
  }
}

extension Snapshot {
  /// The environments, as configured.
  var environments: [Environment] { sections.map(\.environment) }
}
