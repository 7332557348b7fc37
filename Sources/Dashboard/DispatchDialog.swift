import Deploys

/// Dispatching a workflow, from the first key to the answer.
struct DispatchDialog: Sendable, Equatable {
  enum Stage: Sendable, Equatable {
    case loading
    /// There is no form, or something went wrong; read it.
    case ended(Ending)
    case filling
    case confirming(Confirmation)
    case sending(DispatchRequest)
  }

  /// The run whose workflow it is.
  let run: RunKey
  let environment: String
  let service: String
  let workflowName: String
  let isProtected: Bool
  var stage = Stage.loading
  /// What was asked for; `nil` until it is known.
  private(set) var form: DispatchForm?
  private(set) var fields: [FormField] = []
  private(set) var focused = 0

  init(_ deploy: Deploy, isProtected: Bool) {
    run = deploy.run.key
    environment = deploy.environment
    service = deploy.service
    workflowName = deploy.run.workflowName
    self.isProtected = isProtected
  }

  /// The field that the keys act on.
  var field: FormField? { fields.indices.contains(focused) ? fields[focused] : nil }

  mutating func take(_ answer: DispatchForm.Answer) {
    guard case .loading = stage else { return }
    switch answer {
    case .failed(let message, let remedy):
      stage = .ended(Ending(message: message, remedy: remedy, isHarmless: true))
    case .form(let form):
      self.form = form
      fields = [.ref(form.ref)] + form.inputs.map(FormField.init)
      focused = 0
      stage = .filling
    }
  }

  mutating func edit(_ change: (inout FormField) -> Void) {
    guard fields.indices.contains(focused) else { return }
    change(&fields[focused])
  }

  /// Takes the answer of the field and goes on to the next one, or to the question.
  mutating func goOn() {
    guard fields.indices.contains(focused) else { return }
    fields[focused].error = fields[focused].complaint
    guard fields[focused].error == nil else { return }
    guard focused == fields.count - 1 else {
      focused += 1
      return
    }
    for index in fields.indices { fields[index].error = fields[index].complaint }
    if let wrong = fields.firstIndex(where: { $0.error != nil }) {
      focused = wrong
      return
    }
    stage = .confirming(
      Confirmation(
        environment: environment, isProtected: isProtected || form?.isProtected == true))
  }

  mutating func goBack() { focused = max(0, focused - 1) }

  /// What would be sent; `nil` while the form is not known.
  var request: DispatchRequest? {
    guard let form, let ref = fields.first else { return nil }
    return DispatchRequest(
      repository: form.repository, workflowID: form.workflowID, workflowName: form.workflowName,
      path: form.path, ref: ref.value,
      inputs: fields.dropFirst().filter { !$0.value.isEmpty }.map {
        DispatchRequest.Input(name: $0.id, value: $0.value)
      },
      environment: environment, service: service)
  }

  /// The inputs that are left empty while the workflow has a value of its own for them.
  var defaulted: [FormField] {
    fields.dropFirst().filter { $0.value.isEmpty && $0.fallback != nil }
  }
}
