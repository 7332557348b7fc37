import Foundation
import Synchronization
import Testing
import Transport

@testable import Simulation

@Suite("Changes that are refused, hang or leave traces")
struct ChangeTests {
  private func failedRun(_ fixture: Fixture) async throws -> String {
    let run = try #require(
      try await fixture.run(of: "action-api-dev-deploy") { $0.text("conclusion") == "failure" })
    return "/repos/acme/shop/actions/runs/\(run.number("id"))"
  }

  /// The log of each job of a run, as its links give it.
  private func logs(_ path: String, _ fixture: Fixture) async throws -> [String] {
    var logs: [String] = []
    for job in try await fixture.get("\(path)/jobs").list("jobs") where !job.list("steps").isEmpty {
      let link = await fixture.send(
        "GET", "/repos/acme/shop/actions/jobs/\(job.number("id"))/logs")
      let url = try #require(link.headers["Location"])
      let answer = await fixture.simulator.respond(to: HTTPRequest(url: url))
      logs.append(String(decoding: answer.body, as: UTF8.self))
    }
    return logs
  }

  @Test("a retry with debug logging has debug lines, and jobs it carries over have none")
  func debugLogs() async throws {
    var scenario = Scenario.standard
    scenario.failureRate = 0
    let fixture = Fixture(scenario)
    let path = try await failedRun(fixture)
    #expect(try await logs(path, fixture).allSatisfy { !$0.contains("##[debug]") })
    let wrong = await fixture.send("POST", "\(path)/rerun", body: ["enable_debug_logging": "yes"])
    #expect(wrong.status == 422)
    let answer = await fixture.send(
      "POST", "\(path)/rerun-failed-jobs", body: ["enable_debug_logging": true])
    #expect(answer.status == 201)
    fixture.clock.advance(by: .seconds(3600))
    let logs = try await logs(path, fixture)
    #expect(logs.count == 2)
    for log in logs {
      #expect(log.contains("##[debug]Evaluating condition for step: '"))
      #expect(log.contains("##[debug]Starting: Set up job"))
      #expect(log.contains("##[debug]Finishing: Set up job"))
      #expect(log.contains("##[debug]Evaluating: always()"))
    }
    #expect(fixture.simulator.effects.map(\.kind) == [.rerunFailedJobs])
    let deploy = try #require(try await fixture.get("\(path)/jobs").list("jobs").last)
    let job = "/repos/acme/shop/actions/jobs/\(deploy.number("id"))/rerun"
    #expect(await fixture.send("POST", job).status == 201)
    fixture.clock.advance(by: .seconds(3600))
    #expect(
      try await self.logs(path, fixture).map { $0.contains("##[debug]") } == [true, false])
  }

  @Test("a cancel that hangs hangs until it is forced")
  func aHangingCancel() async throws {
    let fixture = Fixture()
    let run = try #require(
      try await fixture.run(of: "action-auth-stg-deploy", in: "acme/auth") {
        $0.text("status") == "in_progress"
      })
    let path = "/repos/acme/auth/actions/runs/\(run.number("id"))"
    #expect(await fixture.send("POST", "\(path)/cancel").status == 202)
    fixture.clock.advance(by: .seconds(7200))
    #expect(try await fixture.get(path).text("status") == "in_progress")
    #expect(await fixture.send("POST", "\(path)/force-cancel").status == 202)
    fixture.clock.advance(by: .seconds(3))
    #expect(try await fixture.get(path).text("conclusion") == "cancelled")
    for word in ["cancel", "force-cancel"] {
      #expect(await fixture.send("POST", "\(path)/\(word)").status == 409)
    }
    #expect(fixture.simulator.effects.map(\.kind) == [.cancel, .forceCancel])
  }

  @Test("a build whose job was cancelled idles until it is stopped, once")
  func anAbandonedBuild() async throws {
    let fixture = Fixture()
    let run = try #require(
      try await fixture.run(of: "action-shop-dev-deploy") { $0.text("conclusion") == "cancelled" })
    let created = try #require(run.date("created_at"))
    #expect(fixture.clock.now.timeIntervalSince(created) == 840)
    let ids = try await fixture.codeBuild(
      "ListBuildsForProject", ["projectName": "acme-dev-runner"])
    let all = try await fixture.codeBuild("BatchGetBuilds", ["ids": ids["ids"] ?? []])
    let id = String(run.number("id"))
    let build = try #require(
      all.list("builds").first { build in
        build["environment"]?.list("environmentVariables").contains { $0.text("value") == id }
          == true
      })
    #expect(build.text("buildStatus") == "IN_PROGRESS")
    #expect(build.text("currentPhase") == "BUILD")
    for _ in 0..<3 {
      let answer = try await fixture.codeBuild("StopBuild", ["id": build["arn"] ?? nil])
      #expect(answer["build"]?.text("id") == build.text("id"))
    }
    fixture.clock.advance(by: .seconds(5))
    let ended = try await fixture.codeBuild("StopBuild", ["id": build["id"] ?? nil])
    #expect(ended["build"]?.text("buildStatus") == "STOPPED")
    #expect(fixture.simulator.effects.map(\.kind) == [.stopBuild])
    let unknown = try await fixture.codeBuild("StopBuild", ["id": "acme-dev-runner:none"])
    #expect(unknown.text("__type") == "ResourceNotFoundException")
  }

  @Test("a missing permission is named, a missing right is not")
  func permissions() async throws {
    var scenario = Scenario.standard
    scenario.missingPermissions = ["actions=write", "contents=write", "deployments=write"]
    let fixture = Fixture(scenario)
    let run = try await failedRun(fixture)
    let changes: [(String, String)] = [
      ("\(run)/rerun", "actions=write"), ("\(run)/rerun-failed-jobs", "actions=write"),
      ("\(run)/cancel", "actions=write"), ("\(run)/force-cancel", "actions=write"),
      ("/repos/acme/shop/actions/jobs/1/rerun", "actions=write"),
      (
        "/repos/acme/shop/actions/workflows/action-shop-dev-deploy.yml/dispatches",
        "actions=write"
      ),
      ("\(run)/pending_deployments", "deployments=write"),
      ("/repos/acme/shop/git/refs", "contents=write; contents=write,workflows=write"),
    ]
    for (path, permission) in changes {
      let answer = await fixture.send("POST", path, body: ["ref": "main"])
      #expect(answer.status == 403)
      #expect(answer.headers["X-Accepted-GitHub-Permissions"] == permission)
      #expect(
        try answer.json().text("message") == "Resource not accessible by personal access token")
    }
    #expect(await fixture.send("GET", run).status == 200)
    var readOnly = Scenario.standard
    readOnly.readOnlyRepositories = ["acme/shop"]
    let other = Fixture(readOnly)
    let refusal = await other.send("POST", "\(run)/rerun")
    #expect(refusal.status == 403)
    #expect(refusal.headers["X-Accepted-GitHub-Permissions"] == nil)
    #expect(try refusal.json().text("message") == "Must have admin rights to Repository.")
    #expect(await other.send("POST", "/repos/acme/shop/git/refs").status == 404)
    #expect(fixture.simulator.effects.isEmpty && other.simulator.effects.isEmpty)
  }

  @Test("an account may refuse that builds are stopped")
  func stopDenied() async throws {
    var scenario = Scenario.standard
    scenario.stopDenied = ["acme-dev"]
    let answer = try await Fixture(scenario).codeBuild("StopBuild", ["id": "acme-dev-runner:x"])
    #expect(answer.text("__type") == "AccessDeniedException")
    #expect(answer.text("message").contains("codebuild:StopBuild"))
  }

  @Test("flawed workflows cannot be dispatched, each for its own reason")
  func flaws() async throws {
    var scenario = Scenario.standard
    scenario.workflowFlaws = [
      WorkflowFlaw(workflow: "action-shop-dev-deploy", flaw: .unparsable),
      WorkflowFlaw(workflow: "action-shop-stg-deploy", flaw: .emptyChoice),
      WorkflowFlaw(workflow: "action-shop-prd-deploy", flaw: .noDispatch),
      WorkflowFlaw(workflow: "action-api-dev-deploy", flaw: .disabled),
      WorkflowFlaw(workflow: "action-api-stg-deploy", flaw: .noFile),
    ]
    let fixture = Fixture(scenario)
    let noTrigger = "Workflow does not have 'workflow_dispatch' trigger"
    for (name, message) in [
      ("shop-dev", "failed to parse workflow: (Line: 3, Col: 3): Unexpected value ''"),
      ("shop-stg", "Required input 'canary' not provided"), ("shop-prd", noTrigger),
      ("api-dev", "Cannot trigger a 'workflow_dispatch' on a disabled workflow"),
      ("api-stg", noTrigger),
    ] {
      let answer = await fixture.send(
        "POST", "/repos/acme/shop/actions/workflows/action-\(name)-deploy.yml/dispatches",
        body: ["ref": "main"])
      #expect(answer.status == 422)
      #expect(try answer.json().text("message") == message)
    }
    let file = "/repos/acme/shop/contents/.github/workflows"
    #expect(
      await fixture.send("GET", "\(file)/action-api-stg-deploy.yml?ref=main").status == 404)
    let list = try await fixture.get("/repos/acme/shop/actions/workflows?per_page=100")
    let state = list.list("workflows").first { $0.text("name") == "action-api-dev-deploy" }
    #expect(state?.text("state") == "disabled_manually")
    #expect(fixture.simulator.effects.isEmpty)
  }

  @Test("the demo's workflows have every kind of input, and as many as may be")
  func inputs() async throws {
    let workflows = Catalogue.team(seed: 7).repositories.flatMap(\.workflows)
    let shop = try #require(workflows.first { $0.name == "action-shop-prd-deploy" })
    #expect(
      shop.inputs.map(\.kind) == [
        .string, .choice(["info", "warning", "debug"]), .boolean, .number, .environment,
      ])
    #expect(workflows.first { $0.name == "action-auth-dev-deploy" }?.inputs.count == 25)
    #expect(workflows.first { $0.name == "action-admin-prd-deploy" }?.takesDispatch == false)
    let text = shop.file(project: "p")
    for line in ["type: number", "type: environment", "type: choice", "required: true"] {
      #expect(text.contains(line))
    }
  }

  @Test("the log has the bodies of changes and of nothing else")
  func bodiesInTheLog() async throws {
    let lines = Mutex<[RequestLogEntry]>([])
    let clock = ManualClock(Fixture.start)
    var scenario = Scenario.standard
    scenario.faults = [Fault(match: "POST /repos/acme/shop/actions/runs/*", effect: .lost)]
    let simulator = Simulator(
      options: SimulatorOptions(scenario: scenario, clock: clock) { entry in
        lines.withLock { $0.append(entry) }
      })
    func send(_ method: String, _ path: String, _ body: String = "") async {
      _ = await simulator.respond(
        to: HTTPRequest(
          method: method, url: Fixture.origin + path,
          headers: ["User-Agent": "t", "Authorization": "Bearer x"], body: Data(body.utf8)))
    }
    await send("GET", "/repos/acme/shop/actions/runs")
    await send("POST", "/graphql", #"{"query":"viewer"}"#)
    await send(
      "POST", "/repos/acme/shop/actions/workflows/action-shop-dev-deploy.yml/dispatches",
      #"{"ref":"main"}"#)
    await send("POST", "/repos/acme/shop/actions/runs/1/cancel")
    let entries = lines.withLock { $0 }
    #expect(entries.map(\.body) == [nil, nil, #"{"ref":"main"}"#, ""])
    #expect(entries.map(\.fault) == [nil, nil, nil, "lost"])
    let texts = try entries.map { try JSON(parsing: Data($0.jsonLine.utf8)) }
    #expect(texts.map { $0["is_change"] } == [nil, nil, true, true])
    #expect(texts[2]["body"]?.text("ref") == "main")
    #expect(texts[3]["body"] == JSON.null)
    #expect(texts[3].number("status") == 404)
  }

  @Test("two links that are asked for in the same second differ")
  func linksDiffer() async throws {
    let fixture = Fixture()
    let path = try await failedRun(fixture)
    let links = [
      await fixture.send("GET", "\(path)/logs").headers["Location"],
      await fixture.send("GET", "\(path)/logs").headers["Location"],
    ].compactMap { $0 }
    #expect(Set(links).count == 2)
    for link in links {
      #expect(await fixture.simulator.respond(to: HTTPRequest(url: link)).status == 200)
    }
    let forged = links[0].replacing("&n=1&", with: "&n=2&")
    #expect(await fixture.simulator.respond(to: HTTPRequest(url: forged)).status == 404)
  }

  @Test("a world whose clock is ahead refuses signatures of this hour")
  func wrongClock() async throws {
    var scenario = Scenario.standard
    scenario.clockOffset = 3600
    let fixture = Fixture(scenario)
    #expect(
      try await fixture.codeBuild("ListProjects", [:]).text("__type")
        == "InvalidSignatureException")
    let date = await fixture.send("GET", "/user").headers["Date"]
    #expect(date == Timestamp.http(Fixture.start.addingTimeInterval(3600)))
    #expect(try await fixture.run(of: "action-shop-dev-deploy") != nil)
  }

  @Test(
    "Each service refuses a signature's time beyond its own window, in its own words",
    arguments: [
      ("codebuild", 300.0, 400, "InvalidSignatureException", "5 min."),
      ("logs", 300, 400, "InvalidSignatureException", "5 min."),
      ("sts", 900, 403, "SignatureDoesNotMatch", "15 min."),
      ("s3", 900, 403, "RequestTimeTooSkewed", ""),
    ])
  func windows(
    _ service: String, _ window: Double, _ status: Int, _ code: String, _ words: String
  ) async throws {
    let fixture = Fixture()
    let account = try #require(Catalogue.accounts.first { $0.profile == "acme-dev" })
    func answer(_ error: Double) async -> HTTPResponse {
      var request = HTTPRequest(
        method: service == "s3" ? "GET" : "POST",
        url: Fixture.origin + (service == "s3" ? "/\(account.bucket)/?list-type=2" : "/"))
      switch service {
      case "codebuild": request.headers["X-Amz-Target"] = "CodeBuild_20161006.ListProjects"
      case "logs": request.headers["X-Amz-Target"] = "Logs_20140328.GetLogEvents"
      case "sts":
        request.body = Data("Action=GetCallerIdentity&Version=2011-06-15".utf8)
        request.headers["Content-Type"] = "application/x-www-form-urlencoded"
      default: break
      }
      if service == "codebuild" || service == "logs" { request.body = Data("{}".utf8) }
      return await fixture.simulator.respond(
        to: Fixture.sign(
          request, service: service, region: account.region, id: account.accessKeyID,
          secret: account.secretAccessKey, at: Fixture.start.addingTimeInterval(error)))
    }
    for sign in [-1.0, 1] {
      let within = await answer(sign * (window - 5))
      #expect(!String(decoding: within.body, as: UTF8.self).contains(code))
      let beyond = await answer(sign * (window + 5))
      let body = String(decoding: beyond.body, as: UTF8.self)
      #expect(beyond.status == status)
      #expect(body.contains(code), "\(body)")
      if service != "s3" {
        #expect(body.contains(words))
        #expect(body.contains(sign < 0 ? "Signature expired" : "Signature not yet current"))
      }
      #expect(beyond.headers["Date"] == Timestamp.http(Fixture.start))
    }
  }
}
