import Deploys
import GitHub
import Testing
import Transport

@Suite("What GitHub's refusals of changes mean")
struct KnownRefusalTests {
  private func error(
    _ message: String, status: Int, headers: HTTPHeaders = [:],
    of change: GitHubChange = .cancel(Fixtures.key)
  ) async throws -> GitHubError {
    let body = #"{"message":"\#(message)","documentation_url":"x"}"#
    let stub = StubTransport([.success(.text(body, status: status, headers: headers))])
    let client = try Fixtures.client(stub)
    return try await #require(throws: GitHubError.self) { try await client.send(change) }
  }

  @Test(
    "Each has a remedy of its own, GitHub's own words, and was surely not taken",
    arguments: [
      (409, "Cannot cancel a workflow run that is completed.", "Look at how it ended."),
      (409, "Cannot cancel a workflow re-run that has not yet queued.", "try again in a moment"),
      (403, "This workflow is already running", "newest attempt"),
      (403, "The workflow run containing this job is already running", "newest attempt"),
      (
        403, "Unable to retry this workflow run because it was created over a month ago",
        "Dispatch the workflow"
      ),
      (403, "This workflow run cannot be retried", "dispatch the workflow anew"),
      (403, "This job is not part of the latest attempt of its workflow run", "choose its job"),
      (422, "No ref found for: gone", "choose a branch or tag"),
      (422, "Workflow does not have 'workflow_dispatch' trigger", "on: workflow_dispatch"),
      (422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow", "Enable the workflow"),
      (422, "Required input 'x' not provided", "Give the input a value"),
      (422, #"Unexpected inputs provided: [\"x\"]"#, "Read the form anew"),
      (
        422, "Provided value 'a' for input 'x' not in the list of allowed values",
        "Choose one of the values"
      ),
      (422, "Reference already exists", "the next free number"),
      (422, "Object does not exist", "Push the commit"),
      (422, #"Repository rule violations found\n\nCannot create ref"#, "ruleset"),
      (422, "There are no pending deployment requests to approve or reject", "Look at the run"),
      (403, "Repository was archived so is read-only.", "Unarchive"),
    ])
  func known(status: Int, message: String, remedy: String) async throws {
    let error = try await error(message, status: status)
    guard case .refused(_, status, let words, _) = error else {
      Issue.record("unexpected: \(error)")
      return
    }
    #expect(error.remedy.contains(remedy), "\(error.remedy)")
    #expect(error.message.contains(words))
    #expect(!error.mayHaveBeenTaken)
  }

  @Test("What is not known is passed on as GitHub says it")
  func unknown() async throws {
    let error = try await error("Reference update failed", status: 422)
    #expect(error.meaning == nil)
    #expect(
      error.message
        == "the cancel of run 42 of acme/shop was refused (422): Reference update failed")
    #expect(error.remedy == "Correct the request as GitHub says.")
  }

  @Test("What somebody else's haste has changed is told in words")
  func meaning() async throws {
    let ended = try await error("Cannot cancel a workflow run that is completed.", status: 409)
    #expect(ended.meaning == "it has ended meanwhile, by itself or by somebody else")
    let taken = try await error("Reference already exists", status: 422)
    #expect(taken.meaning == "somebody has made this tag meanwhile")
  }

  @Test("A missing permission is named, from GitHub's header where it gives one")
  func permissions() async throws {
    let expected: [(GitHubChange, String)] = [
      (.rerunJob(Fixtures.repository, id: 7, isDebug: false), "Actions: write"),
      (
        .review(Fixtures.key, environmentIDs: [1], isApproval: true, comment: ""),
        "Deployments: write"
      ),
      (.createTag(Fixtures.repository, name: "t", commit: "c"), "Contents: write"),
    ]
    for (change, documented) in expected {
      let plain = try await error(
        "Resource not accessible by personal access token", status: 403, of: change)
      #expect(plain.remedy == "The token needs \(documented).")
      let told = try await error(
        "Resource not accessible by personal access token", status: 403,
        headers: ["X-Accepted-GitHub-Permissions": "contents=write,workflows=write"], of: change)
      #expect(told.remedy == "The token needs Contents: write, Workflows: write.")
      #expect(!told.mayHaveBeenTaken)
    }
  }

  @Test(
    "A refused dispatch tells the fields that it is about",
    arguments: [
      (
        "Required input 'mandatory-parameter' not provided", ["mandatory-parameter: it is required"]
      ),
      (
        #"Unexpected inputs provided: [\"a b\", \"c\"]"#,
        [
          "a b: the workflow has no such input at this ref",
          "c: the workflow has no such input at this ref",
        ]
      ),
      (
        "Provided value 'it's' for input 'x' not in the list of allowed values",
        ["x: GitHub does not list it"]
      ),
      ("Provided value '' for input 'n' is not of its type", ["n: GitHub wants another type"]),
      ("No ref found for: refs/heads/gone", ["ref: there is no such branch or tag"]),
      (
        "Workflow does not have 'workflow_dispatch' trigger",
        ["ref: the workflow cannot be dispatched at this ref"]
      ),
      ("Cannot trigger a 'workflow_dispatch' on a disabled workflow", []), ("", []),
    ])
  func complaints(message: String, expected: [String]) async throws {
    let error = try await error(message, status: 422)
    // With words around it, as an operator is told.
    let found = DispatchComplaint.all(in: "GitHub refused it: \(error.message) (so it is)")
    let told = found.map { complaint in
      switch complaint.field {
      case .ref: "ref: \(complaint.text)"
      case .input(let name): "\(name): \(complaint.text)"
      }
    }
    #expect(told == expected)
  }
}
