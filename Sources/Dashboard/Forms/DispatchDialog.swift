import Deploys

/// Dispatching a workflow, from the first key to the answer.
struct DispatchDialog: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    /// What the workflow asks for is being read at a ref; `nil` for the one to begin with.
    case reading(String?)
    case filling
  }

  let target: WorkflowTarget
  let isProtected: Bool
  /// The list of workflows that it was opened from; `nil` for none.
  var list: WorkflowPicker?
  var stage: DialogStage<Step>
  /// What was asked for; `nil` until it is known.
  private(set) var form: DispatchForm?
  private(set) var fields: [FormField] = []
  var focused = 0
  /// What is worth knowing about how the form has changed.
  private(set) var notes: [String] = []
  /// How GitHub refused it; `nil` for not yet.
  private var refusal: String?
  /// Whether there may be a form at another ref where there is none.
  private var isOfRef = true
  /// Whether the workflow has been found to ask for something else than the form says.
  private var isStale = false
  /// What the operator has answered, by input; kept for a ref that has the input again.
  private var typed: [String: String] = [:]
  /// The other guarded environments that it reaches, whose names the question asks for.
  private var confirmed: [String] = []
  /// What would be sent; `nil` until it is known.
  private(set) var preview: [PlannedRequest]?

  init(_ target: WorkflowTarget, isProtected: Bool, ref: String?) {
    self.target = target
    self.isProtected = isProtected
    stage = .preparing(.reading(ref))
  }

  var environment: String { target.environment }
  var service: String { target.service }

  /// The field that the keys act on.
  var field: FormField? { fields.indices.contains(focused) ? fields[focused] : nil }

  /// Why the form is as it stood before the question; `nil` for no reason.
  var refusalNote: String? { stage == .preparing(.filling) ? refusal : nil }

  // MARK: - The form

  /// Takes in what the workflow asks for at a ref; what was not asked, or not any more, is dropped.
  mutating func take(_ answer: DispatchForm.Answer, at ref: String?) {
    guard case .preparing(.reading(let asked)) = stage, asked == ref else { return }
    switch answer {
    case .failed(let message, let remedy, let isOfRef):
      guard form != nil else {
        self.isOfRef = isOfRef
        stage = .ended(Ending(message: message, remedy: remedy, isHarmless: true))
        return
      }
      stage = .preparing(.filling)
      focused = 0
      fields[0].error = FormField.Complaint(text: message, advice: remedy)
    case .form(let form):
      fill(from: form)
      isStale = false
      focused = self.form != nil && fields.count > 1 ? 1 : 0
      self.form = form
      stage = .preparing(.filling)
    }
  }

  /// Makes the fields anew, and keeps what the operator has answered.
  private mutating func fill(from new: DispatchForm) {
    for field in fields.dropFirst() {
      typed[field.label] = field.isTouched ? field.value : field.unfitting
    }
    let last = Dictionary(
      (new.last?.inputs ?? []).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    fields =
      [FormField(ref: new.ref, last: new.last?.ref)]
      + new.inputs.map { input in
        var field = FormField(input, last: last[input.name])
        if let value = typed[input.name], !field.put(value) {
          field.unfitting = value
          field.news = "\(value) is not offered at \(new.ref)"
        } else if let form {
          field.news = input.news(since: form.inputs) ?? field.news
        }
        return field
      }
    let names = Set(new.inputs.map(\.name))
    let before = form?.inputs.map(\.name) ?? new.last?.inputs.map(\.name) ?? []
    let gone = before.filter { !names.contains($0) }
    notes = gone.isEmpty ? [] : ["no longer asked for: \(gone.joined(separator: ", "))"]
  }

  /// Reads what the workflow asks for at a ref.
  mutating func read(at ref: String) -> [Effect] {
    stage = .preparing(.reading(ref))
    return [.loadDispatchForm(target, ref: ref)]
  }

  /// Takes a ref that was chosen from the list.
  mutating func takeRef(_ ref: String) -> [Effect] {
    switch stage {
    case .preparing(.filling):
      guard let form else { return [] }
      fields[0].put(ref)
      focused = 0
      guard ref != form.ref || isStale else {
        focused = min(1, fields.count - 1)
        return []
      }
      return read(at: ref)
    case .ended where form == nil: return read(at: ref)
    case .preparing(.reading), .ended, .confirming, .sending: return []
    }
  }

  /// Whether another ref can be chosen now.
  var takesRef: Bool {
    switch stage {
    case .preparing(.filling): true
    case .ended(let ending): form == nil && ending.isHarmless && isOfRef
    case .preparing(.reading), .confirming, .sending: false
    }
  }

  /// How long the answer in the field may be: GitHub takes 65,535 characters of inputs in all
  /// (`workflow_dispatch` in GitHub's documentation).
  private var inputRoom: Int {
    fields.indices.dropFirst().reduce(65_535) { room, index in
      let other = index == focused ? "" : fields[index].value
      return room - fields[index].label.unicodeScalars.count - other.unicodeScalars.count
    }
  }

  mutating func edit(_ change: (inout FormField) -> Void) {
    guard fields.indices.contains(focused) else { return }
    change(&fields[focused])
  }

  /// Takes the answer of the field and goes on to the next one, or to the question.
  private mutating func goToNextField(in model: Model) -> [Effect] {
    guard let form, fields.indices.contains(focused) else { return [] }
    fields[focused].error = complaint(of: fields[focused], in: model)
    guard fields[focused].error == nil else { return [] }
    if focused == 0, fields[0].value != form.ref || isStale { return read(at: fields[0].value) }
    guard focused == fields.count - 1 else {
      focused += 1
      return []
    }
    for index in fields.indices {
      fields[index].error = complaint(of: fields[index], in: model)
    }
    if let wrong = fields.firstIndex(where: { $0.error != nil }) {
      focused = wrong
      return []
    }
    confirmed = guarded(in: model).map(\.name)
    guard let mutation else { return [] }
    refusal = nil
    preview = nil
    stage = .confirming(question(in: model))
    return [.preview(mutation)]
  }

  /// What would be sent; `nil` while the form is not known.
  var request: DispatchRequest? {
    guard form != nil, let ref = fields.first else { return nil }
    return DispatchRequest(
      repository: target.repository, workflowID: target.workflowID,
      workflowName: target.workflowName, path: target.path, ref: ref.value,
      inputs: fields.dropFirst().filter { !$0.value.isEmpty }.map {
        DispatchRequest.Input(name: $0.label, value: $0.value)
      },
      environment: environment, service: service, confirmed: confirmed)
  }

  var mutation: Mutation? { request.map(Mutation.dispatch) }

  /// The inputs that are left empty while the workflow has a value of its own for them.
  var defaulted: [FormField] {
    fields.dropFirst().filter { $0.value.isEmpty && $0.fallback != nil }
  }

  // MARK: - The refusal

  /// Puts what GitHub complains of at the fields that it concerns.
  /// - Returns: `false` where it concerns none.
  private mutating func place(_ ending: Ending) -> Bool {
    let complaints = DispatchComplaint.all(in: ending.message)
    guard !complaints.isEmpty, !fields.isEmpty else { return false }
    var places: [Int] = []
    for complaint in complaints {
      let place = fields.firstIndex { $0.id == complaint.field } ?? 0
      fields[place].error = words(of: complaint, at: place)
      places.append(place)
    }
    focused = places.min() ?? 0
    // The form did not expect it, so the file is another one than it was.
    isStale = true
    refusal = ending.message
    stage = .preparing(.filling)
    return true
  }

  private func words(of complaint: DispatchComplaint, at place: Int) -> FormField.Complaint {
    guard case .input(let name) = complaint.field, place == 0 else {
      return FormField.Complaint(text: complaint.text)
    }
    return FormField.Complaint(
      text: "\(name): \(complaint.text), and the form does not know it",
      advice: "Enter reads anew what the workflow asks for here.")
  }
}

extension DispatchDialog: StagedDialog {
  var screen: Screen { .dispatch(self) }

  func focus(in step: Step) -> Focus {
    switch step {
    case .reading: .busy
    case .filling: field?.isChoice == true ? .choice : .text
    }
  }

  mutating func edit(_ change: (inout TextField) -> Void, in model: Model) -> [Effect] {
    let room = inputRoom
    edit { field in
      guard case .text(var text) = field.answer else { return }
      if field.input != nil { text.limit = room }
      change(&text)
      field.answer = .text(text)
      field.error = nil
    }
    return []
  }

  mutating func goOn(in model: Model) -> [Effect] { goToNextField(in: model) }
  mutating func goToPreviousField() { focused = max(0, focused - 1) }
  var hasPreviousField: Bool? { focused > 0 }

  mutating func choose(by count: Int, in model: Model) -> [Effect] {
    edit { $0.choose(by: count) }
    return []
  }

  mutating func toggle(in model: Model) { edit { $0.chooseNext() } }

  mutating func goBack() -> Bool {
    switch stage {
    case .confirming: stage = .preparing(.filling)
    case .ended(let ending) where ending.isHarmless && form != nil: stage = .preparing(.filling)
    case .preparing(.reading) where form != nil: stage = .preparing(.filling)
    case .preparing, .ended, .sending: return false
    }
    return true
  }

  mutating func take(_ preview: [PlannedRequest], of mutation: Mutation) {
    guard case .confirming = stage, mutation == self.mutation else { return }
    self.preview = preview
  }

  mutating func end(_ ending: Ending) {
    if ending.isHarmless, place(ending) { return }
    stage = .ended(ending)
  }

  var behind: Screen? {
    if case .ended(let ending) = stage, !ending.isHarmless { return nil }
    return list.map(Screen.workflows)
  }

  func sheet(in model: Model) -> Sheet { DispatchView(model: model, dialog: self).sheet }
}

extension DispatchInput {
  /// What is new about it; `nil` for nothing.
  fileprivate func news(since before: [DispatchInput]) -> String? {
    guard let old = before.first(where: { $0.name == name }) else { return "new at this ref" }
    switch (old.kind, kind) {
    case (.choice, .choice) where old.kind != kind: return "other options at this ref"
    case let (before, now) where before != now: return "of another type at this ref"
    default: break
    }
    if old.defaultValue != defaultValue {
      return "another default at this ref: \(defaultValue ?? "none")"
    }
    return old.isRequired == isRequired
      ? nil : isRequired ? "required at this ref" : "not required at this ref"
  }
}
