import Foundation

/// What the runner and small steps write around the work.
extension StepScript {
  mutating func setUp() {
    script.say("Current runner version: '2.330.0'")
    if job.ranOn == nil {
      script.say("##[group]Runner Image Provisioner")
      script.say("Hosted Compute Agent", "Version: 20261102.481", "Build Date: 2026-11-02T17:12Z")
      script.say("##[endgroup]")
      script.say("##[group]Operating System", "Ubuntu", "24.04.3", "LTS", "##[endgroup]")
      script.say("##[group]Runner Image")
      script.say("Image: ubuntu-24.04", "Version: 20261116.184.1")
      script.say("##[endgroup]")
    } else {
      script.say(
        "Runner name: '\(job.runner?.name ?? "")'",
        "Runner group name: '\(job.runner?.group ?? "")'", "Machine name: 'ip-10-0-3-17'")
    }
    script.say("##[group]GITHUB_TOKEN Permissions")
    script.say("Actions: read", "Contents: read", "Metadata: read")
    script.say("##[endgroup]")
    script.say("Secret source: Actions", "Prepare workflow directory")
    script.wait(2)
    script.say("Prepare all required actions", "Getting action download info")
    script.wait(1)
    for action in [
      "actions/checkout@v4' (SHA:11bd71901bbe5b1630ceea73d27597364c9af683)",
      "8398a7/action-slack@v3' (SHA:1750b5085f3ec60384090fb7c52965ef822e869e)",
      "actions/upload-artifact@v4' (SHA:ea165f8d65b6e75b540449e92b4886f43607fa02)",
    ] {
      script.say("Download action repository '\(action)")
      script.wait(1)
    }
    if let caller = template?.caller {
      script.say("Uses: \(SimulatedWorkflow.calledFile)@refs/heads/main (\(workflow.calledCommit))")
      script.say("##[group] Inputs")
      script.say("  environment: \(environment)", "  service: \(service)", "  caller: \(caller)")
      script.say("##[endgroup]")
    }
    script.say("Complete job name: \(job.name)")
    script.wait(0.2)
  }

  mutating func complete() {
    script.say("Evaluate and set job outputs", "Set output 'attempt'")
    script.say("Cleaning up orphan processes")
    script.wait(1)
  }

  mutating func cleanUp() {
    script.say("Post job cleanup.", "[command]/usr/bin/git version", "git version 2.47.1")
    script.wait(1)
    script.say(
      "Temporarily overriding HOME='\(workspace)/../_temp/home' before making global git config "
        + "changes",
      "[command]/usr/bin/git config --local --name-only --get-regexp core\\.sshCommand",
      "[command]/usr/bin/git config --local --unset-all http.https://github.com/.extraheader")
    script.wait(0.3)
  }

  mutating func checkOut() {
    let isScripts = step.name.contains("script")
    let name = isScripts ? "acme/devops" : repository
    begin(
      action: "actions/checkout@v4",
      with: isScripts
        ? ["repository: acme/devops", "token: ***", "path: devops-repo", "ref: main"]
        : ["ref: \(ref)", "repository: \(name)", "token: ***", "fetch-depth: 1"])
    script.say("Syncing repository: \(name)")
    script.say("##[group]Getting Git version info")
    script.say(
      "Working directory is '\(workspace)'", "[command]/usr/bin/git version",
      "git version 2.47.1")
    script.say("##[endgroup]")
    script.say("Deleting the contents of '\(workspace)'")
    script.say("##[group]Initializing the repository")
    script.say(
      "[command]/usr/bin/git init \(workspace)",
      "hint: Using 'master' as the name for the initial branch.",
      "Initialized empty Git repository in \(workspace)/.git/",
      "[command]/usr/bin/git remote add origin https://github.com/\(name)")
    script.say("##[endgroup]")
    script.wait(0.5)
    let total = chance.number(in: 900...4200)
    script.say("##[group]Fetching the repository")
    script.say(
      "[command]/usr/bin/git -c protocol.version=2 fetch --no-tags --prune --depth=1 origin "
        + "+\(run.sha):\(ref)",
      "remote: Enumerating objects: \(total), done.        ")
    for percent in [9, 31, 58, 84, 100] {
      script.wait(0.6)
      script.say(
        "remote: Counting objects: \(percent)% (\(total * Int64(percent) / 100)/\(total))"
          + (percent == 100 ? ", done." : "") + "        ")
    }
    script.say(
      "From https://github.com/\(name)", " * [new ref]         \(run.sha) -> \(run.ref)")
    script.say("##[endgroup]")
    script.say("##[group]Checking out the ref")
    script.say(
      "[command]/usr/bin/git checkout --progress --force \(ref)", "Note: switching to '\(ref)'.",
      "", "You are in 'detached HEAD' state.", "",
      "HEAD is now at \(run.sha.prefix(7)) \(run.message)")
    script.say("##[endgroup]")
    script.say("[command]/usr/bin/git log -1 --format=%H", run.sha)
    script.wait(0.4)
  }

  /// The step writes the version for later steps and prints it before it is there.
  mutating func packageVersion() {
    begin(
      "echo \"CURRENT_TAG=$(node -p \"require('./apps/\(slug)/package.json').version\")\" "
        + ">> $GITHUB_ENV", "echo tag $CURRENT_TAG")
    script.wait(1)
    script.say("tag ")
  }

  mutating func notify() {
    let isStart = step.name.hasSuffix("start")
    begin(
      action: "8398a7/action-slack@v3",
      with: [
        "icon_emoji: :fire:", "channel: #deploy-\(environment)",
        "author_name: [Devops] \(service)-\(environment)", "fields: repo,message,commit,author",
        // A value of two lines: the second has no time before it.
        "text: (\(isStart ? 1 : 2) / 2) Action \(isStart ? "Start" : "Success") - Tag: 1.42.0\n"
          + "  담당: \(run.actor.name)",
      ])
    script.wait(1)
    script.say("Sent message: \(job.name) \(isStart ? "🔥" : "✅")")
    script.wait(0.2)
  }

  mutating func upload() {
    let artifacts = ArtifactPlan.all(of: job, in: workflow)
    for artifact in artifacts {
      begin(
        action: "actions/upload-artifact@v4",
        with: [
          "name: \(artifact.name)", "path: reports/", "if-no-files-found: warn",
          "compression-level: 6", "overwrite: false",
        ])
      script.wait(0.5)
      script.say(
        "Artifact name is valid!", "Root directory input is valid!",
        "Beginning upload of artifact content to blob storage")
      script.wait(2)
      script.say(
        "Finished uploading artifact content to blob storage!", "Finalizing artifact upload",
        "Artifact \(artifact.name).zip successfully finalized. Artifact ID \(artifact.id)",
        "Artifact download URL: https://github.com/\(repository)/actions/runs/\(run.id)/artifacts/"
          + "\(artifact.id)")
    }
    script.remark(
      LogScript.Remark(
        level: .warning,
        message: "No files were found with the provided path: reports/coverage/. No artifacts "
          + "will be uploaded."))
    script.wait(0.1)
  }

  mutating func marker() {
    begin(
      "CODEBUILD_PROJECT_NAME=$(echo $CODEBUILD_BUILD_ID | cut -d\":\" -f1)",
      "echo \"BUILD_FAILED=true\" > build-status.txt",
      "aws s3 cp build-status.txt s3://codebuild-${CODEBUILD_PROJECT_NAME}/results/"
        + "failure_build_${CODEBUILD_BUILD_ID}.txt")
    script.wait(1)
    let build = job.ranOn ?? ""
    let project = build.prefix { $0 != ":" }
    let place = "s3://codebuild-\(project)/results/failure_build_\(build).txt"
    guard !isFailing else {
      script.say(
        "upload failed: ./build-status.txt to \(place) An error occurred (AccessDenied) when "
          + "calling the PutObject operation: Access Denied")
      fail(nil)
      return
    }
    script.say(
      "Completed 18 Bytes/18 Bytes (212 Bytes/s) with 1 file(s) remaining",
      "upload: ./build-status.txt to \(place)")
    script.wait(0.2)
  }
}
