import Deploys
import Foundation

/// The lines that a build writes to CloudWatch, each with its moment.
///
/// Their shape follows what CodeBuild and the runner's listener print.
struct BuildLog {
  struct Line: Sendable, Hashable {
    var time: Instant
    var text: String
  }

  private let build: BuildPlan
  private let clock: WorldClock
  private(set) var lines: [Line] = []

  init(_ build: BuildPlan, clock: WorldClock) {
    self.build = build
    self.clock = clock
    compose()
  }

  /// When the stream comes to be; `nil` where it never does.
  static func beginning(of build: BuildPlan) -> Instant? {
    build.phase("DOWNLOAD_SOURCE")?.startedAt
  }

  private mutating func compose() {
    guard let begin = Self.beginning(of: build) else { return }
    say("Running on CodeBuild On-demand", at: begin)
    say("Waiting for agent ping", at: begin)
    say("Waiting for DOWNLOAD_SOURCE", at: begin + .milliseconds(200))
    for phase in build.phases {
      switch phase.type {
      case "DOWNLOAD_SOURCE":
        say("Phase is DOWNLOAD_SOURCE", at: phase.startedAt + .milliseconds(400))
        close(phase)
      case "INSTALL":
        open(
          phase,
          commands: [
            "echo $CODEBUILD_BUILD_ID", "aws s3 cp s3://acme-tools/ssm ssm", "chmod +x ssm",
          ])
        plain(build.id, at: phase.startedAt + .milliseconds(600))
        copyTool(in: phase)
        close(phase)
      case "PRE_BUILD":
        open(
          phase,
          commands: [
            "docker login --username $DOCKERHUB_USERNAME --password $DOCKERHUB_PASS",
            "./watch-resources.sh &",
          ])
        plain(
          "WARNING! Using --password via the CLI is insecure. Use --password-stdin.",
          at: phase.startedAt + .milliseconds(800))
        plain("Login Succeeded", at: phase.startedAt + .seconds(1))
        close(phase)
      case "BUILD":
        open(phase, commands: [])
        say("BUILD: 1 commands", at: phase.startedAt + .milliseconds(20))
        loadRunner(in: phase)
        listen()
        watch(phase)
        close(phase)
      case "POST_BUILD":
        open(phase, commands: ["aws s3 ls \"$S3_ARTIFACT_FILE\" > /dev/null 2>&1"])
        marker(at: phase.startedAt + .milliseconds(900))
        close(phase)
      default: break
      }
    }
    lines = lines.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  /// `aws s3 cp` redraws its progress with carriage returns, which CodeBuild keeps in one line.
  private mutating func copyTool(in phase: BuildPlan.Phase) {
    let length = (phase.endedAt ?? build.endedAt) - phase.startedAt
    let steps = stride(from: 0.25, through: 18.25, by: 2.25).map { size in
      "Completed \(StepScript.megabytes(size)) MiB/18.25 MiB (6.1 MiB/s) with 1 file(s) remaining"
    }
    plain(steps.joined(separator: "\r") + "\r", at: phase.startedAt + length * 0.5)
    guard phase.status == .succeeded else {
      plain(
        "fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden",
        at: phase.startedAt + length * 0.8)
      return
    }
    plain("download: s3://acme-tools/ssm to ./ssm", at: phase.startedAt + length * 0.8)
  }

  /// The runner is fetched by `curl`, with its table and its carriage returns.
  private mutating func loadRunner(in phase: BuildPlan.Phase) {
    guard let listening = build.listeningAt else { return }
    let length = listening - phase.startedAt
    plain(
      "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current",
      at: phase.startedAt + .milliseconds(200))
    plain(
      "                                 Dload  Upload   Total   Spent    Left  Speed",
      at: phase.startedAt + .milliseconds(200))
    let rows = [0, 18, 47, 83, 100].map { share in
      let padded = String(repeating: " ", count: 3 - String(share).utf8.count) + String(share)
      return "\r\(padded)  187M  \(padded)  \(share * 187 / 100)M    0     0  48.2M      0  "
        + "0:00:03  0:00:0\(share / 30) --:--:-- 48.2M"
    }
    plain(rows.joined(), at: phase.startedAt + length * 0.4)
    plain("# Runner: 인증 준비 완료", at: phase.startedAt + length * 0.6)
  }

  /// What the team's buildspec prints every quarter of a minute while a job runs.
  private mutating func watch(_ phase: BuildPlan.Phase) {
    guard let job = build.ran else { return }
    var chance = Randomness(seed: 1, "resources", build.id)
    var time = job.from + .seconds(8)
    var disk = 38.0
    while time < min(job.to, build.endedAt) {
      disk = min(99, disk + chance.fraction() * 0.8)
      let used = 700 + chance.number(in: 0...1900)
      plain(
        "[자원] \(Timestamp.listener(clock.date(of: time))) cpu \(chance.number(in: 4...99))% "
          + "mem \(used)/3072 MiB disk \(Int(disk))%", at: time)
      time = time + .seconds(15)
    }
  }

  private mutating func listen() {
    guard let listening = build.listeningAt else { return }
    plain("√ Connected to GitHub", at: listening + .seconds(-1))
    plain("Current runner version: '2.330.0'", at: listening + .milliseconds(-100))
    listener("Listening for Jobs", at: listening)
    guard let job = build.ran else { return }
    listener("Running job: \(job.name)", at: job.from)
    guard job.to <= build.endedAt, build.status != .stopped else { return }
    let result =
      switch job.result {
      case .success: "Succeeded"
      case .cancelled: "Canceled"
      default: "Failed"
      }
    listener("Job \(job.name) completed with result: \(result)", at: job.to)
  }

  /// What the team's `post_build` prints, its misleading 404 included.
  private mutating func marker(at time: Instant) {
    guard build.markerAt == nil else {
      plain("Build failed in GitHub Actions.", at: time)
      return
    }
    plain("No error artifacts.", at: time)
    plain(
      "fatal error: An error occurred (404) when calling the HeadObject operation: Key \"results/"
        + "failure_build_\(build.id).txt\" does not exist", at: time)
    plain("Build succeeded in GitHub Actions.", at: time)
  }

  private mutating func open(_ phase: BuildPlan.Phase, commands: [String]) {
    say("Entering phase \(phase.type)", at: phase.startedAt + .milliseconds(10))
    for command in commands {
      say("Running command \(command)", at: phase.startedAt + .milliseconds(300))
    }
  }

  private mutating func close(_ phase: BuildPlan.Phase) {
    guard let endedAt = phase.endedAt else { return }
    if phase.status == .failed {
      let command = phase.message.replacing("Error while executing command: ", with: "")
      say("Command did not exit successfully \(command)", at: endedAt)
    }
    say("Phase complete: \(phase.type) State: \(phase.status.rawValue)", at: endedAt)
    say("Phase context status code: \(phase.code) Message: \(phase.message)", at: endedAt)
  }

  private mutating func say(_ text: String, at time: Instant) {
    plain("[Container] \(Timestamp.build(clock.date(of: time))) \(text)", at: time)
  }

  private mutating func listener(_ text: String, at time: Instant) {
    plain("\(Timestamp.listener(clock.date(of: time))): \(text)", at: time)
  }

  private mutating func plain(_ text: String, at time: Instant) {
    guard time <= build.endedAt else { return }
    lines.append(Line(time: time, text: text))
  }
}
