/// What kind of world the simulator plays, and what goes wrong in it.
///
/// May come from a file: every field is optional there, in snake_case, and an unknown one is an
/// error, because a misspelt fault that never happens would make a test lie.
package struct Scenario: Sendable, Hashable {
  /// Which repositories there are, and whether anything moves.
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The team's six services, its situations, and new runs that keep arriving.
    case team
    /// Finished runs only.
    case idle
    /// Finished runs, and one active run that takes long.
    case single
  }

  /// Calls of one account that CodeBuild refuses, by count.
  package struct Throttle: Sendable, Hashable, Codable {
    /// The account, by its profile.
    package var profile: String
    /// The length of the cycle, in calls.
    package var every: Int
    /// How many calls are refused at the end of each cycle.
    package var burst: Int

    /// Creates a throttle.
    package init(profile: String, every: Int, burst: Int) {
      self.profile = profile
      self.every = every
      self.burst = burst
    }
  }

  /// A log that is much longer than others.
  package struct LargeLog: Sendable, Hashable {
    /// The workflow whose jobs have it, by the name that GitHub shows.
    package var workflow: String
    /// How long each job's log is at least, in bytes.
    package var bytes: Int
    /// The length of one line in it, in bytes; `nil` for none that stands out.
    package var lineBytes: Int?

    /// Creates a size.
    package init(workflow: String, bytes: Int, lineBytes: Int? = nil) {
      self.workflow = workflow
      self.bytes = bytes
      self.lineBytes = lineBytes
    }
  }

  /// The kind of world.
  package var world: Kind = .team
  /// How many repositories an idle or single world has.
  package var repositories = 2
  /// How many runs arrive in an hour at speed 1; 0 for none.
  package var arrivalsPerHour: Double = 40
  /// The share of runs that fail.
  package var failureRate: Double = 0.14
  /// How many finished runs each repository begins with.
  package var history = 120
  /// What is going on at the start.
  package var situations: [Situation] = Situation.allCases
  /// Accounts that are throttled.
  package var throttles = [Throttle(profile: "acme-stg", every: 12, burst: 5)]
  /// Projects whose builds show the webhook's variables in the API.
  package var webhookVariables = ["acme-dev-runner"]
  /// Profiles that may not list buckets, so that a missing marker answers 403.
  package var hiddenKeys: [String] = []
  /// GitHub's charged requests an hour and token.
  package var rateLimit = 5000
  /// How many of them are used when a token is first seen.
  package var rateLimitUsed = 0
  /// GitHub's secondary limit, in points a minute: 1 a read, 5 a change.
  package var pointsPerMinute = 900
  /// For how many days logs and artifacts are kept; `nil` for what each repository says.
  package var retentionDays: Double?
  /// How many seconds after a job's end its log cannot be had yet.
  package var logDelay: Double = 3
  /// Logs that are much longer than others.
  package var largeLogs: [LargeLog] = []
  /// The size of the largest file among the artifacts, in bytes.
  package var artifactBytes = 6_000_000
  /// How fast logs, artifacts and objects of S3 come, in bytes a second; `nil` for no limit.
  package var storageRate: Int?
  /// Profiles whose builds write nothing to CloudWatch.
  package var logsOff: [String] = []
  /// Profiles that may not read CloudWatch.
  package var logsDenied: [String] = []
  /// Whether CloudWatch gives an empty page before each further one.
  package var emptyLogPages = false
  /// How many more files a failing build leaves in S3.
  package var failureFiles = 0
  /// What is wrong with workflows.
  package var workflowFlaws: [WorkflowFlaw] = []
  /// Workflows, by the names that GitHub shows, whose runs no cancel ends that is not forced.
  package var cancelHangs = ["action-auth-stg-deploy"]
  /// Permissions that every token lacks, as GitHub writes them: `actions=write`, `contents=write`,
  /// `deployments=write`.
  package var missingPermissions: [String] = []
  /// Repositories, `owner/name`, that the client's user may only read.
  package var readOnlyRepositories: [String] = []
  /// Profiles that may not stop builds.
  package var stopDenied: [String] = []
  /// Branches and tags that listings still name, though they are gone.
  package var vanishedRefs: [String] = []
  /// How many seconds the world's clocks are ahead of the machine's.
  package var clockOffset: Double = 0
  /// What breaks on purpose.
  package var faults: [Fault] = []

  /// The team's world.
  package static let standard = Scenario()

  /// A quiet world: finished runs only.
  package static func idle(repositories: Int = 10) -> Scenario {
    var scenario = Scenario()
    scenario.world = .idle
    scenario.repositories = repositories
    scenario.arrivalsPerHour = 0
    scenario.history = 30
    scenario.situations = []
    scenario.throttles = []
    scenario.cancelHangs = []
    return scenario
  }

  /// One active run beside finished ones.
  package static var single: Scenario {
    var scenario = idle(repositories: 1)
    scenario.world = .single
    return scenario
  }

  /// Creates the team's world.
  package init() {}
}

extension Scenario: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case world
    case repositories
    case arrivalsPerHour = "arrivals_per_hour"
    case failureRate = "failure_rate"
    case history
    case situations
    case throttles
    case webhookVariables = "webhook_variables"
    case hiddenKeys = "hidden_keys"
    case rateLimit = "rate_limit"
    case rateLimitUsed = "rate_limit_used"
    case pointsPerMinute = "points_per_minute"
    case retentionDays = "retention_days"
    case logDelay = "log_delay"
    case largeLogs = "large_logs"
    case artifactBytes = "artifact_bytes"
    case storageRate = "storage_rate"
    case logsOff = "logs_off"
    case logsDenied = "logs_denied"
    case emptyLogPages = "empty_log_pages"
    case failureFiles = "failure_files"
    case workflowFlaws = "workflow_flaws"
    case cancelHangs = "cancel_hangs"
    case missingPermissions = "missing_permissions"
    case readOnlyRepositories = "read_only_repositories"
    case stopDenied = "stop_denied"
    case vanishedRefs = "vanished_refs"
    case clockOffset = "clock_offset"
    case faults
  }

  /// Reads a scenario; what is left out is as in the standard world of the given kind.
  package init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    switch try values.decodeIfPresent(Kind.self, forKey: .world) ?? .team {
    case .team: self.init()
    case .idle: self = .idle()
    case .single: self = .single
    }
    func take<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
      if let found = try values.decodeIfPresent(Value.self, forKey: key) { value = found }
    }
    try take(.repositories, &repositories)
    try take(.arrivalsPerHour, &arrivalsPerHour)
    try take(.failureRate, &failureRate)
    try take(.history, &history)
    try take(.situations, &situations)
    try take(.throttles, &throttles)
    try take(.webhookVariables, &webhookVariables)
    try take(.hiddenKeys, &hiddenKeys)
    try take(.rateLimit, &rateLimit)
    try take(.rateLimitUsed, &rateLimitUsed)
    try take(.pointsPerMinute, &pointsPerMinute)
    retentionDays = try values.decodeIfPresent(Double.self, forKey: .retentionDays)
    try take(.logDelay, &logDelay)
    try take(.largeLogs, &largeLogs)
    try take(.artifactBytes, &artifactBytes)
    storageRate = try values.decodeIfPresent(Int.self, forKey: .storageRate)
    try take(.logsOff, &logsOff)
    try take(.logsDenied, &logsDenied)
    try take(.emptyLogPages, &emptyLogPages)
    try take(.failureFiles, &failureFiles)
    try take(.workflowFlaws, &workflowFlaws)
    try take(.cancelHangs, &cancelHangs)
    try take(.missingPermissions, &missingPermissions)
    try take(.readOnlyRepositories, &readOnlyRepositories)
    try take(.stopDenied, &stopDenied)
    try take(.vanishedRefs, &vanishedRefs)
    try take(.clockOffset, &clockOffset)
    try take(.faults, &faults)
    if let stranger {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: values.codingPath, debugDescription: stranger))
    }
  }
}

extension Scenario.LargeLog: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case workflow
    case bytes
    case lineBytes = "line_bytes"
  }

  /// Reads a size.
  package init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    workflow = try values.decode(String.self, forKey: .workflow)
    bytes = try values.decode(Int.self, forKey: .bytes)
    lineBytes = try values.decodeIfPresent(Int.self, forKey: .lineBytes)
  }
}

extension Decoder {
  /// Fails on a key that nobody knows.
  func refuseKeys(besides known: [String]) throws {
    let values = try container(keyedBy: AnyCodingKey.self)
    guard let stranger = values.allKeys.first(where: { !known.contains($0.stringValue) }) else {
      return
    }
    throw DecodingError.dataCorruptedError(
      forKey: stranger, in: values,
      debugDescription: "unknown key \"\(stranger.stringValue)\"; known are "
        + known.joined(separator: ", "))
  }
}
