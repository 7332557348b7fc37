/// What makes a step fail, so that its log, its annotations and its test report say the same.
enum FailureCause: Sendable, Hashable {
  /// The compiler refuses the code, inside of a `docker build`.
  case typeError
  /// The package manager cannot solve the dependencies.
  case dependencyConflict
  /// Tests fail, inside of a `docker build`.
  case testFailure
  /// The builder's disk is full.
  case diskFull
  /// The registry refuses the image.
  case pushDenied
  /// The new tasks do not pass their health check.
  case unhealthyTargets
  /// The new tasks are killed for their memory.
  case outOfMemory
  /// A linter finds errors.
  case lintError

  /// What can go wrong in a step.
  static func candidates(_ step: String, in set: SimulatedWorkflow.StepSet) -> [FailureCause] {
    switch (set, step) {
    case (.check, "Lint"): [.lintError]
    case (.check, "Install dependencies"): [.dependencyConflict]
    case (.check, _), (.smoke, _): [.testFailure]
    case (.rollOut, _): [.unhealthyTargets, .outOfMemory]
    case (.deploy, _), (.build, _):
      [.typeError, .dependencyConflict, .testFailure, .diskFull, .pushDenied]
    }
  }

  /// The code with which the step's process ends.
  var exitCode: Int {
    switch self {
    // `aws ecs wait` gives up with 255.
    case .unhealthyTargets: 255
    case .typeError, .dependencyConflict, .testFailure, .diskFull, .pushDenied, .outOfMemory,
      .lintError:
      1
    }
  }

  /// One sentence about it.
  var summary: String {
    switch self {
    case .typeError:
      "src/cart/cart.service.ts(214,17): error TS2345: Argument of type 'string | undefined' is "
        + "not assignable to parameter of type 'string'."
    case .dependencyConflict:
      "npm error ERESOLVE could not resolve: react@19.1.0 from the root project and "
        + "react-dom@18.3.1"
    case .testFailure: "장바구니 › 쿠폰을 적용하면 배송비가 다시 계산된다: expected 2500, received 3000"
    case .diskFull: "write /var/lib/docker/tmp/layer-9: no space left on device"
    case .pushDenied:
      "denied: User is not authorized to perform: ecr:PutImage on the resource because no "
        + "identity-based policy allows the ecr:PutImage action"
    case .unhealthyTargets:
      "deployment failed: tasks failed to pass ELB health checks (HTTP 502 on /healthz)"
    case .outOfMemory: "OutOfMemoryError: Container killed due to memory usage (exit code 137)"
    case .lintError: "src/order/order.page.tsx: 'total' is assigned a value but never used"
    }
  }

  /// The remark that it leaves in a file of the repository; `nil` where no file is to blame.
  func remark(service: String) -> LogScript.Remark? {
    switch self {
    case .typeError:
      LogScript.Remark(
        level: .failure,
        message: "TS2345: Argument of type 'string | undefined' is not assignable to parameter of "
          + "type 'string'.", title: "tsc", path: "apps/\(service)/src/cart/cart.service.ts",
        line: 214)
    case .testFailure:
      LogScript.Remark(
        level: .failure, message: summary, title: "장바구니 › 쿠폰을 적용하면 배송비가 다시 계산된다",
        path: "apps/\(service)/test/장바구니.spec.ts", line: 88)
    case .lintError:
      LogScript.Remark(
        level: .failure, message: summary, title: "eslint: no-unused-vars",
        path: "apps/\(service)/src/order/order.page.tsx", line: 41)
    case .dependencyConflict, .diskFull, .pushDenied, .unhealthyTargets, .outOfMemory: nil
    }
  }
}
