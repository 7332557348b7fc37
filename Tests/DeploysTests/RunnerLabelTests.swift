import Deploys
import Testing

struct RunnerLabelTests {
  @Test func readsSeparateLabels() throws {
    let label = try #require(
      RunnerLabel(
        labels: [
          "codebuild-dev-runner-4711-2", "buildspec-override:true", "image:arm-3.0",
          "instance-size:small", "self-made",
        ], runID: 4711))
    #expect(label.project == "dev-runner")
    #expect(label.attempt == 2)
    #expect(label.suffix == nil)
    #expect(label.runsBuildspec)
    #expect(label.overrides["instance-size"] == "small")
    #expect(label.overrides["image"] == "arm-3.0")
  }

  @Test func readsOneLabelWithSpaces() throws {
    let label = try #require(
      RunnerLabel(labels: ["codebuild-p-1-1 image:arm-3.0  instance-size:small"], runID: 1))
    #expect(label.project == "p")
    #expect(label.overrides == ["image": "arm-3.0", "instance-size": "small"])
    #expect(!label.runsBuildspec)
  }

  @Test(arguments: [
    ("codebuild-p-9-1-arm-3.0-small", "arm-3.0-small", false),
    ("codebuild-p-9-1-fleet-big", "fleet-big", false),
    ("codebuild-p-9-1-with-buildspec", "with-buildspec", true),
    ("codebuild-p-9-1-ubuntu-7.0-large-with-buildspec", "ubuntu-7.0-large-with-buildspec", true),
  ])
  func readsTheSuffixForm(word: String, suffix: String, runsBuildspec: Bool) throws {
    let label = try #require(RunnerLabel(labels: [word], runID: 9))
    #expect(label.project == "p")
    #expect(label.attempt == 1)
    #expect(label.suffix == suffix)
    #expect(label.runsBuildspec == runsBuildspec)
  }

  @Test func isAnchoredOnTheRun() throws {
    // The project's own name ends in what looks like a run and an attempt.
    let label = try #require(RunnerLabel(labels: ["codebuild-runner-77-3-4711-1"], runID: 4711))
    #expect(label.project == "runner-77-3")
    #expect(label.attempt == 1)
    let repeated = try #require(RunnerLabel(labels: ["codebuild-a-5-5-1"], runID: 5))
    #expect(repeated.project == "a-5")
  }

  @Test(arguments: [
    "codebuild-p-4712-1", "codebuild--4711-1", "codebuild-p-4711-", "codebuild-p-4711-x",
    "codebuild-p-4711-1x", "ubuntu-latest", "p-4711-1", "",
  ])
  func refusesTheRest(word: String) {
    #expect(RunnerLabel(labels: [word], runID: 4711) == nil)
  }

  @Test(arguments: [
    (["ubuntu-latest"], "github_hosted"), (["ubuntu-24.04-arm"], "github_hosted"),
    (["macos-15"], "github_hosted"), (["self-hosted", "linux"], "self_hosted"),
    (["ubuntu-runner-of-ours"], "self_hosted"), ([], "unknown"),
    (["codebuild-dev-runner-100-1"], "codebuild"),
  ])
  func tellsKindsApart(labels: [String], kind: String) {
    var job = makeJob(id: 1, status: .queued)
    job.labels = labels
    #expect(RunnerKind(of: job).name == kind)
  }
}
