import Deploys

/// A job as GitHub's JSON has it (`job`, version 2022-11-28).
struct WireJob: Decodable {
  struct WireStep: Decodable {
    var number: Int?
    var name: String?
    var status: String?
    var conclusion: String?
    var startedAt: String?
    var completedAt: String?

    enum CodingKeys: String, CodingKey {
      case number, name, status, conclusion
      case startedAt = "started_at"
      case completedAt = "completed_at"
    }
  }

  var id: Int64
  var runID: Int64?
  var attempt: Int?
  var name: String?
  var status: String?
  var conclusion: String?
  var createdAt: String?
  var startedAt: String?
  var completedAt: String?
  var steps: [Lenient<WireStep>]?
  var labels: [Lenient<String>]?
  var runnerName: String?
  var runnerGroup: String?
  var url: String?
  var checkRunURL: String?

  enum CodingKeys: String, CodingKey {
    case id, name, status, conclusion, steps, labels
    case runID = "run_id"
    case attempt = "run_attempt"
    case createdAt = "created_at"
    case startedAt = "started_at"
    case completedAt = "completed_at"
    case runnerName = "runner_name"
    case runnerGroup = "runner_group_name"
    case url = "html_url"
    case checkRunURL = "check_run_url"
  }

  /// The job in the domain's terms.
  func job(of key: RunKey, attempt asked: Int) -> Job {
    let ending = Ending(status: status, conclusion: conclusion)
    return Job(
      id: id, runID: runID ?? key.id, attempt: attempt ?? asked, name: name ?? "job \(id)",
      status: ending.status, conclusion: ending.conclusion,
      createdAt: createdAt.flatMap(Timestamp.parse),
      startedAt: startedAt.flatMap(Timestamp.parse),
      completedAt: completedAt.flatMap(Timestamp.parse), steps: readSteps(),
      labels: (labels ?? []).compactMap(\.value), runnerName: runnerName.nonEmpty,
      runnerGroup: runnerGroup.nonEmpty, url: url ?? "",
      checkRunID: checkRunURL?.split(separator: "/").last.flatMap { Int64($0) })
  }

  private func readSteps() -> [Step] {
    (steps ?? []).enumerated().compactMap { place, element in
      guard let step = element.value else { return nil }
      let number = step.number ?? place + 1
      let ending = Ending(status: step.status, conclusion: step.conclusion)
      return Step(
        number: number, name: step.name.nonEmpty ?? "step \(number)", status: ending.status,
        conclusion: ending.conclusion, startedAt: step.startedAt.flatMap(Timestamp.parse),
        completedAt: step.completedAt.flatMap(Timestamp.parse))
    }
  }
}

/// A page of jobs.
struct WireJobPage: Decodable {
  var jobs: [Lenient<WireJob>]
}
