import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

/// What the tests of the forms begin with.
enum FormFixture {
  /// The workflow of dev's first deploy.
  static let target = Fixture.target(101)
  /// Its ref.
  static let ref = "shop-dev-20261112-03"

  static func form(
    at ref: String = ref, _ inputs: [DispatchInput] = Fixture.form(101, "dev").inputs,
    last: LastDispatch? = nil
  ) -> DispatchForm {
    DispatchForm(target: target, isProtected: false, ref: ref, inputs: inputs, last: last)
  }

  static func last(ref: String = "main", _ inputs: [(String, String)]) -> LastDispatch {
    LastDispatch(
      ref: ref, inputs: inputs.map { DispatchRequest.Input(name: $0.0, value: $0.1) },
      at: Fixture.ago(3600))
  }

  static func request(
    _ values: [(String, String)], at ref: String = ref, confirmed: [String] = []
  ) -> DispatchRequest {
    DispatchRequest(
      repository: target.repository, workflowID: target.workflowID,
      workflowName: target.workflowName, path: target.path, ref: ref,
      inputs: values.map { DispatchRequest.Input(name: $0.0, value: $0.1) }, environment: "dev",
      service: "shop", confirmed: confirmed)
  }

  /// A driver with the form of dev's first deploy open.
  static func driver(
    _ form: DispatchForm = form(), columns: Int = 120, rows: Int = 40,
    glyphs: GlyphSet = .unicode, at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    let driver = Driver(columns: columns, rows: rows, glyphs: glyphs, at: place)
    driver.act { $0.openDispatch(of: target, at: ref) }
    driver.effects(.loadDispatchForm(target, ref: ref), at: place)
    return driver.send(.dispatchFormLoaded(target, ref: ref, .form(form)), at: place)
  }

  /// What would be sent.
  static func planned(_ request: DispatchRequest) -> [PlannedRequest] {
    let inputs = request.inputs.map { "\"\($0.name)\":\"\($0.value)\"" }.joined(separator: ",")
    return [
      PlannedRequest(
        method: "POST",
        url: "https://api.github.com/repos/\(request.repository)/actions/workflows/"
          + "\(request.workflowID)/dispatches",
        body: "{\"inputs\":{\(inputs)},\"ref\":\"\(request.ref)\",\"return_run_details\":true}")
    ]
  }

  static func ref(_ kind: GitRef.Kind, _ name: String) -> GitRef {
    GitRef(kind: kind, name: name, commit: "89abcdef0123456789abcdef0123456789abcdef")
  }

  static func page(_ kind: GitRef.Kind, _ names: [String], next: Int? = nil) -> RefPage.Answer {
    .page(RefPage(refs: names.map { ref(kind, $0) }, nextPage: next))
  }

  static func item(
    _ id: Int64, _ service: String, _ environment: String, state: String = "active"
  ) -> WorkflowListing.Item {
    WorkflowListing.Item(
      target: WorkflowTarget(
        repository: Fixture.shop, workflowID: id,
        workflowName: "action-\(service)-\(environment)-deploy",
        path: ".github/workflows/\(service)-\(environment).yml", environment: environment,
        service: service), state: state)
  }

  static let listing = WorkflowListing(
    items: [
      item(11, "shop", "dev"), item(12, "결제-api", "dev"),
      item(13, "search-indexer", "dev", state: "disabled_manually"), item(21, "shop", "stg"),
      item(31, "shop", "prd"), item(32, "결제-api", "prd", state: "disabled_inactivity"),
    ],
    failures: [
      ReadFailure(
        .denied, message: "the workflows of acme/web: no permission",
        remedy: "The token needs Actions: read.")
    ])
}
