import Foundation

/// The steps that roll out, wait, and test.
extension StepScript {
  mutating func rollOut() {
    begin("$SHELL devops-repo/repository/acme/roll-out.sh $SERVICE_NAME $ENVIRONMENT $CURRENT_TAG")
    script.say("배포를 시작합니다: \(service) → \(environment)")
    script.say("##[group]Register task definition")
    script.say(
      "##[command]aws ecs register-task-definition --family \(slug)-\(environment) "
        + "--cli-input-json file://task.json",
      "{", "  \"family\": \"\(slug)-\(environment)\",", "  \"revision\": \(run.id % 400),",
      "  \"cpu\": \"512\",", "  \"memory\": \"1024\"", "}")
    script.wait(3)
    script.say("##[endgroup]")
    script.say("##[command]aws ecs update-service --cluster \(environment) --service \(slug)")
    for event in 1...6 {
      script.wait(3)
      script.say(
        "(service \(slug)) has started \(event % 2 + 1) tasks: (task \(chance.hex(32))).")
    }
    if isFailing { endOfRollOut() }
  }

  mutating func waitForTargets() {
    begin("aws ecs wait services-stable --cluster $ENVIRONMENT --services $SERVICE_NAME")
    for round in 1...12 {
      script.wait(2)
      let healthy = isFailing ? 0 : min(2, round / 4)
      let colour = healthy == 2 ? 32 : 33
      script.say(
        "[\(round)/12] \(slug): running \(min(2, round / 2))/2, "
          + "\u{1B}[\(colour)mhealthy \(healthy)/2\u{1B}[0m")
    }
    if isFailing {
      endOfRollOut()
    } else {
      script.say("모든 대상이 정상입니다")
    }
  }

  private mutating func endOfRollOut() {
    switch job.cause {
    case .outOfMemory:
      script.say(
        "Task stopped at: \(slug)/\(chance.hex(32))",
        "Stopped reason: Essential container in task exited",
        "Container app: \(FailureCause.outOfMemory.summary)")
    default:
      script.say(
        "(service \(slug), taskSet ecs-svc/\(chance.number(in: 1...9_000_000))) (port 3000) is "
          + "unhealthy in (target-group \(slug)-\(environment)) due to (reason Health checks failed "
          + "with these codes: [502]).",
        "Waiter ServicesStable failed: Max attempts exceeded")
    }
    script.say("\u{1B}[31mERROR\u{1B}[0m \(service): 배포 실패 - \(job.cause?.summary ?? "failed")")
    script.wait(0.3)
    fail(job.cause)
  }

  mutating func smokeTest() {
    begin("npx playwright test --project=$BROWSER --reporter=line")
    for (index, name) in TestReport.cases.enumerated() {
      script.wait(1)
      script.say("[\(index + 1)/\(TestReport.cases.count)] \(name)")
    }
    guard isFailing else {
      script.say("  \u{1B}[32m\(TestReport.cases.count) passed\u{1B}[39m")
      return
    }
    script.say("  \u{1B}[31m1 failed\u{1B}[39m", "    \(TestReport.cases[TestReport.failing])")
    fail(job.cause)
  }

  /// Steps that deploy nothing.
  mutating func check() {
    switch step.name {
    case "Set up Node.js":
      begin(action: "actions/setup-node@v4", with: ["node-version: 22", "cache: npm"])
      script.wait(1)
      script.say("Found in cache @ /opt/hostedtoolcache/node/22.11.0/x64")
    case "Install dependencies":
      begin("npm ci")
      script.wait(5)
      if cause == .dependencyConflict { script.say("npm error code ERESOLVE") }
      script.say("added 1184 packages, and audited 1185 packages in 14s")
    case "Lint":
      begin("npx eslint .")
      script.wait(4)
      if cause == .lintError {
        script.say(
          "\(workspace)/apps/\(slug)/src/order/order.page.tsx",
          "  41:9  \u{1B}[31merror\u{1B}[39m  'total' is assigned a value but never used",
          "✖ 1 problem (1 error, 0 warnings)")
      }
    case "Test":
      begin("npm test")
      for (index, name) in TestReport.cases.enumerated() {
        let isBad = cause == .testFailure && index == TestReport.failing
        script.wait(1)
        script.say("  \(isBad ? "\u{1B}[31m✕" : "\u{1B}[32m✓")\u{1B}[39m \(name)")
      }
    default:
      begin("./scripts/step.sh \"\(step.name)\"")
      script.wait(1)
      script.say("\(step.name): done")
    }
    script.wait(0.2)
    if isFailing { fail(job.cause) }
  }
}
