import Deploys
import Foundation
import Transport

/// One request to the GitHub API, taken apart.
struct GitHubCall: Sendable {
  let request: HTTPRequest
  let target: RequestTarget
  /// Where the API begins, as the client sees it: `http://127.0.0.1:8080` or `…/api/v3`.
  let base: String
  /// The segments of the path behind the base, decoded.
  let segments: [String]
  /// The API version that answers.
  let version: String
  /// The token that asks.
  let token: String?
  /// What the token has left, for `GET /rate_limit`.
  let rate: RateLedger
  let now: Instant
  /// The parts of the path that the route leaves open.
  var captures: [String: String] = [:]

  /// A captured whole number.
  func number(_ name: String) throws(GitHubFailure) -> Int64 {
    guard let value = captures[name].flatMap({ Int64($0) }) else { throw .notFound }
    return value
  }

  /// The body as JSON; nothing sent is an empty object.
  func body() throws(GitHubFailure) -> JSON {
    guard !request.body.isEmpty else { return [:] }
    guard let json = try? JSON(parsing: request.body) else {
      throw GitHubFailure(status: 400, message: "Problems parsing JSON")
    }
    return json
  }

  /// The repository's place in the catalogue.
  func repository(in world: World) throws(GitHubFailure) -> Int {
    let name = "\(captures["owner"] ?? "")/\(captures["repo"] ?? "")".lowercased()
    let place = world.catalogue.repositories.firstIndex {
      $0.name.description.lowercased() == name
    }
    guard let place else { throw .notFound }
    return place
  }

  /// The run that the path names.
  func run(in world: World) throws(GitHubFailure) -> RunPlan {
    let place = try repository(in: world)
    guard let run = world.run(try number("run_id"), in: place), run.createdAt <= now else {
      throw .notFound
    }
    return run
  }

  /// The job that the path names, with its run and attempt.
  func job(in world: World) throws(GitHubFailure) -> (RunPlan, AttemptPlan, JobPlan) {
    let place = try repository(in: world)
    let id = try number("job_id")
    guard let run = world.runOfJob[id].flatMap({ world.run($0, in: place) }) else {
      throw .notFound
    }
    for attempt in run.attempts {
      if let job = attempt.jobs.first(where: { $0.id == id }), job.createdAt <= now {
        return (run, attempt, job)
      }
    }
    throw .notFound
  }
}
