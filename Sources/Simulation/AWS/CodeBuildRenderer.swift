import Deploys
import Foundation

/// Writes builds and projects in CodeBuild's JSON.
struct CodeBuildRenderer {
  let world: World
  let now: Instant

  func time(_ instant: Instant) -> JSON {
    .number(world.clock.date(of: instant).timeIntervalSince1970)
  }

  func build(_ build: BuildPlan) -> JSON {
    let account = world.catalogue.accounts[build.account]
    let isOver = build.endedAt <= now
    let phases = build.phases(at: now)
    let place = world.buildIDs[build.account].firstIndex(of: build.id) ?? 0
    let head: JSON = [
      "id": .string(build.id), "arn": .string(account.arn(ofBuild: build.id)),
      "buildNumber": .count(1200 + place), "startTime": time(build.startedAt),
      "currentPhase": .string(phases.last?.type ?? "SUBMITTED"),
      "buildStatus": .string(build.status(at: now).rawValue),
      "projectName": .string(account.project),
      "phases": .array(phases.map(phase)),
      "source": [
        "type": "GITHUB", "location": "https://github.com/\(build.repository).git",
        "gitCloneDepth": 1, "reportBuildStatus": false, "insecureSsl": false,
      ],
      "secondarySources": [], "secondarySourceVersions": [], "secondaryArtifacts": [],
      "artifacts": ["location": ""], "cache": ["type": "NO_CACHE"],
      "environment": environment(of: build, account: account),
      "serviceRole": "arn:aws:iam::\(account.number):role/codebuild-\(account.project)",
      "timeoutInMinutes": 60, "queuedTimeoutInMinutes": 480,
      "buildComplete": .bool(isOver), "initiator": .string(build.initiator),
      "encryptionKey":
        "arn:aws:kms:\(account.region):\(account.number):alias/aws/s3",
    ]
    var more: [JSON.Field] = [JSON.Field(name: "logs", value: logs(of: build, account: account))]
    if isOver { more.append(JSON.Field(name: "endTime", value: time(build.endedAt))) }
    return head.adding(.object(more))
  }

  private func phase(_ phase: BuildPlan.Phase) -> JSON {
    let head: JSON = ["phaseType": .string(phase.type), "startTime": time(phase.startedAt)]
    guard let endedAt = phase.endedAt, endedAt <= now else { return head }
    let seconds = world.clock.date(of: endedAt)
      .timeIntervalSince(world.clock.date(of: phase.startedAt))
    let tail: JSON = [
      "phaseStatus": .string(phase.status.rawValue), "endTime": time(endedAt),
      "durationInSeconds": .count(Int(seconds)),
      "contexts": [["statusCode": .string(phase.code), "message": .string(phase.message)]],
    ]
    return head.adding(tail)
  }

  private func environment(of build: BuildPlan, account: SimulatedAccount) -> JSON {
    var variables: [(String, String)] = []
    if world.scenario.webhookVariables.contains(account.project) {
      variables = [
        ("CODEBUILD_WEBHOOK_LABEL", build.label),
        ("CODEBUILD_WEBHOOK_RUN_ID", String(build.runID)),
        ("CODEBUILD_WEBHOOK_JOB_ID", String(build.requestedBy)),
        ("CODEBUILD_WEBHOOK_WORKFLOW_NAME", build.workflowName),
        ("CODEBUILD_RUNNER_OWNER", build.repository.owner),
        ("CODEBUILD_RUNNER_REPO", build.repository.name),
        ("CODEBUILD_RUNNER_REPO_DOMAIN", "github.com"),
      ]
    }
    return [
      "type": "ARM_CONTAINER", "image": "aws/codebuild/amazonlinux2-aarch64-standard:3.0",
      "computeType": "BUILD_GENERAL1_SMALL",
      "environmentVariables": .array(
        variables.map {
          ["name": .string($0.0), "value": .string($0.1), "type": "PLAINTEXT"]
        }), "privilegedMode": true, "imagePullCredentialsType": "CODEBUILD",
    ]
  }

  /// Group and stream are named from PROVISIONING on.
  private func logs(of build: BuildPlan, account: SimulatedAccount) -> JSON {
    let isOff = world.scenario.logsOff.contains(account.profile)
    let settings: JSON = [
      "cloudWatchLogs": ["status": isOff ? "DISABLED" : "ENABLED"],
      "s3Logs": ["status": "DISABLED"],
    ]
    guard !isOff, let begin = build.phase("PROVISIONING")?.startedAt, begin <= now else {
      return settings
    }
    let arn =
      "arn:aws:logs:\(account.region):\(account.number):log-group:\(account.logGroup)"
      + ":log-stream:\(build.uuid)"
    let head: JSON = [
      "groupName": .string(account.logGroup), "streamName": .string(build.uuid),
      "deepLink": .string(
        "https://console.aws.amazon.com/cloudwatch/home?region=\(account.region)"
          + "#logsV2:log-groups/log-group/\(RequestTarget.encode(account.logGroup))"
          + "/log-events/\(build.uuid)"), "cloudWatchLogsArn": .string(arn),
    ]
    return head.adding(settings)
  }

  /// A project with the team's webhook: queued jobs of one environment's workflows.
  func project(_ account: SimulatedAccount) -> JSON {
    let created = time(.start + .seconds(-300 * 86_400))
    return [
      "name": .string(account.project), "arn": .string(account.projectARN),
      "description": "GitHub Actions runners of \(account.environment)",
      "source": ["type": "GITHUB", "location": "https://github.com/acme/shop.git"],
      "artifacts": ["type": "NO_ARTIFACTS"], "cache": ["type": "NO_CACHE"],
      "environment": [
        "type": "ARM_CONTAINER", "image": "aws/codebuild/amazonlinux2-aarch64-standard:3.0",
        "computeType": "BUILD_GENERAL1_SMALL", "environmentVariables": [],
        "privilegedMode": true,
      ],
      "serviceRole": "arn:aws:iam::\(account.number):role/codebuild-\(account.project)",
      "timeoutInMinutes": 60, "queuedTimeoutInMinutes": 480, "created": created,
      "lastModified": created,
      "webhook": [
        "url": "https://api.github.com/repos/acme/shop/hooks/441122",
        "payloadUrl": "https://codebuild.\(account.region).amazonaws.com/webhooks?t=simulated&v=1",
        "filterGroups": [
          [
            ["type": "EVENT", "pattern": "WORKFLOW_JOB_QUEUED"],
            [
              "type": "WORKFLOW_NAME",
              "pattern": "^(action.*\(account.environment)-deploy)$",
            ],
          ]
        ], "lastModifiedSecret": created, "status": "ACTIVE",
      ],
      "logsConfig": [
        "cloudWatchLogs": [
          "status": world.scenario.logsOff.contains(account.profile) ? "DISABLED" : "ENABLED",
          "groupName": .string(account.logGroup),
        ], "s3Logs": ["status": "DISABLED"],
      ], "concurrentBuildLimit": 20,
    ]
  }
}
