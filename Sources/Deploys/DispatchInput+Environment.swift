extension DispatchInput {
  /// The configured environment that an answer names, of whatever kind the input is that can name
  /// one; `nil` for none.
  ///
  /// Many workflows ask for the environment by a choice or a text and hand that on to
  /// `jobs.<id>.environment`, so that such an answer leads as far as one to an input of the kind
  /// `environment`. GitHub does not tell the names of environments apart by case.
  /// - Parameters:
  ///   - answer: The answer; an empty one stands for the input's default.
  ///   - environments: The environments, as configured.
  /// - Returns: The environment, as configured.
  package func environment(
    namedBy answer: String?, among environments: [Environment]
  ) -> Environment? {
    switch kind {
    case .environment, .choice, .string: break
    case .number, .boolean: return nil
    }
    let text = answer.flatMap { $0.isEmpty ? nil : $0 } ?? defaultValue ?? ""
    return environments.named(onGitHub: text)
  }
}
