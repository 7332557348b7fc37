import Deploys

/// What a dispatch would reach besides its workflow's own environment.
extension DispatchDialog {
  /// Whether the workflow's own environment asks for its name.
  var isOwnProtected: Bool { isProtected || form?.isProtected == true }

  /// The configured environment that an input names; `nil` for none.
  ///
  /// An input that is left empty stands for its default.
  func environment(namedBy field: FormField, in model: Model) -> Environment? {
    let answer = field.value.isEmpty ? field.fallback : field.value
    return field.input?.environment(
      namedBy: answer, among: model.snapshot.sections.map(\.environment))
  }

  /// Why an answer will not do, by itself or by where it would lead; `nil` where it will.
  func complaint(of field: FormField, in model: Model) -> FormField.Complaint? {
    if let complaint = field.complaint { return complaint }
    guard let named = environment(namedBy: field, in: model), let reason = named.readOnlyReason
    else { return nil }
    return FormField.Complaint(text: "\(named.name) is read-only: \(reason)")
  }

  /// What is odd about where an answer leads; `nil` for nothing.
  func warning(of field: FormField, in model: Model) -> String? {
    if field.input == nil {
      return foreignTag(field.value, in: model).map {
        "a tag of \(service) in \($0), and this deploys to \(environment)"
      }
    }
    guard let named = environment(namedBy: field, in: model), named.name != environment else {
      return nil
    }
    return "\(field.label) = \(named.name), and this workflow deploys to \(environment)"
  }

  /// What is odd about where the dispatch leads, for the question to say first.
  func warnings(in model: Model) -> [String] {
    fields.compactMap { field in
      warning(of: field, in: model).map { field.input == nil ? "\(field.value) is \($0)" : $0 }
    }
  }

  /// The guarded environments, other than the workflow's own, that the inputs name.
  func guarded(in model: Model) -> [Environment] {
    fields.compactMap { environment(namedBy: $0, in: model) }.guarded(besides: environment)
  }

  /// The question to ask: every protected environment that an input names has to be typed, for
  /// that is where GitHub would let it go.
  func question(in model: Model) -> Confirmation {
    Confirmation(environment, isProtected: isOwnProtected, besides: guarded(in: model))
  }

  /// Why nothing may be sent to one of the environments that it would reach; `nil` where it may.
  func whyNotSent(in model: Model) -> String? {
    let own = model.snapshot.environment(environment)
    let reached = [own] + fields.map { environment(namedBy: $0, in: model) }
    return reached.lazy.compactMap { environment in
      environment?.readOnlyReason.map { "\(environment?.name ?? "") is read-only: \($0)" }
    }.first
  }

  /// The other environment that a ref is a tag of; `nil` for none.
  private func foreignTag(_ ref: String, in model: Model) -> String? {
    let start = "refs/tags/"
    let tag = ref.hasPrefix(start) ? String(ref.dropFirst(start.count)) : ref
    func isTag(of other: Environment) -> Bool {
      other.tag.isTag(tag, service: service, environment: other.name)
    }
    if let own = model.snapshot.environment(environment), isTag(of: own) { return nil }
    return model.snapshot.sections.first { $0.id != environment && isTag(of: $0.environment) }?.id
  }
}

extension DispatchInput {
  /// Whether it asks for the name of an environment on GitHub.
  var isOfEnvironment: Bool {
    switch kind {
    case .environment: true
    case .string, .number, .boolean, .choice: false
    }
  }
}
