/// A step as the workflow file has it, before it runs.
struct StepTemplate: Sendable, Hashable {
  /// When a step runs.
  enum Condition: Sendable, Hashable {
    case success
    case failure
    case always
  }

  /// Where a step comes from.
  enum Kind: Sendable, Hashable {
    /// Written in the file.
    case written
    /// Written in the file; uploads artifacts.
    case upload
    /// Added by the runner around the job.
    case frame
    /// Added by an action, to clean up.
    case post
  }

  var name: String
  var length: ClosedRange<Double>
  var condition: Condition = .success
  var kind: Kind = .written
  var isCheckout = false

  /// The step that writes the marker.
  static let markerName = "Get and upload failed build status"

  /// The step that uploads what the tests have left.
  private static let uploadReport = StepTemplate(
    name: "Upload test report", length: 1...4, condition: .always, kind: .upload)

  private static let setUp = StepTemplate(name: "Set up job", length: 1...3, kind: .frame)
  private static let complete = StepTemplate(
    name: "Complete job", length: 0...0.5, condition: .always, kind: .frame)

  /// When a step of a name runs.
  static func condition(of name: String) -> Condition {
    (deploy + rollOut).first { $0.name == name }?.condition ?? .success
  }

  /// The steps of a job, in order.
  static func steps(of set: SimulatedWorkflow.StepSet) -> [StepTemplate] {
    switch set {
    case .deploy: deploy
    case .build: build
    case .rollOut: rollOut
    case .check: check
    case .smoke: smoke
    }
  }

  private static let deploy: [StepTemplate] = [
    setUp,
    StepTemplate(name: "Checkout tag", length: 2...6, isCheckout: true),
    StepTemplate(name: "Get package version", length: 0.4...1.5),
    StepTemplate(name: "Noti Workflow start", length: 0.8...2, condition: .always),
    StepTemplate(name: "Checkout build script repository", length: 1...4, isCheckout: true),
    StepTemplate(name: "Run build script", length: 70...260),
    uploadReport,
    StepTemplate(name: markerName, length: 2...5, condition: .failure),
    StepTemplate(name: "Noti Workflow Success", length: 0.8...2),
    StepTemplate(
      name: "Post Checkout build script repository", length: 0.2...1, condition: .always,
      kind: .post),
    StepTemplate(name: "Post Checkout tag", length: 0.2...1, condition: .always, kind: .post),
    complete,
  ]

  private static let build: [StepTemplate] = [
    setUp,
    StepTemplate(name: "Checkout tag", length: 2...6, isCheckout: true),
    StepTemplate(name: "Get package version", length: 0.4...1.5),
    StepTemplate(name: "Noti Workflow start", length: 0.8...2, condition: .always),
    StepTemplate(name: "Build and push image", length: 60...180),
    uploadReport,
    StepTemplate(name: markerName, length: 2...5, condition: .failure),
    StepTemplate(name: "Post Checkout tag", length: 0.2...1, condition: .always, kind: .post),
    complete,
  ]

  private static let rollOut: [StepTemplate] = [
    setUp,
    StepTemplate(name: "Checkout build script repository", length: 1...4, isCheckout: true),
    StepTemplate(name: "Run build script", length: 20...60),
    StepTemplate(name: "Wait for healthy targets", length: 30...90),
    StepTemplate(
      name: "Upload roll-out events", length: 0.5...2, condition: .always, kind: .upload),
    StepTemplate(name: markerName, length: 2...5, condition: .failure),
    StepTemplate(name: "Noti Workflow Success", length: 0.8...2),
    StepTemplate(
      name: "Post Checkout build script repository", length: 0.2...1, condition: .always,
      kind: .post),
    complete,
  ]

  private static let check: [StepTemplate] = [
    setUp,
    StepTemplate(name: "Run actions/checkout@v4", length: 1...4, isCheckout: true),
    StepTemplate(name: "Set up Node.js", length: 2...6),
    StepTemplate(name: "Install dependencies", length: 15...40),
    StepTemplate(name: "Lint", length: 8...20),
    StepTemplate(name: "Test", length: 30...150),
    uploadReport,
    StepTemplate(
      name: "Post Run actions/checkout@v4", length: 0.1...0.6, condition: .always, kind: .post),
    complete,
  ]
  private static let smoke: [StepTemplate] = [
    setUp,
    StepTemplate(name: "Checkout build script repository", length: 1...4, isCheckout: true),
    StepTemplate(name: "Smoke test", length: 20...45),
    uploadReport,
    StepTemplate(
      name: "Post Checkout build script repository", length: 0.2...1, condition: .always,
      kind: .post),
    complete,
  ]
}
