package import Deploys

extension Operator {
  /// Looks at a mutation's target as is done just before it is sent.
  ///
  /// Nothing is sent but what reads, and nothing is written down. Whether the configuration lets
  /// anything be done to the environment is not looked at.
  /// - Returns: Why it would not be sent; `nil` where it would.
  package func obstacle(to mutation: Mutation) async -> ReadFailure? {
    do {
      var open = environments.first { $0.name == mutation.environment }
      open?.readOnlyReason = nil
      guard let environment = open else {
        throw Refusal(
          message: "no environment is called \(mutation.environment)", remedy: "Configure it.")
      }
      _ = try await errand(for: mutation, in: environment, by: nil)
      return nil
    } catch {
      let refusal = error as? Refusal ?? Refusal(reading: error)
      return ReadFailure(message: refusal.message, remedy: refusal.remedy)
    }
  }
}
