import Deploys

/// What stands in the world before anything runs: accounts, repositories and their workflows.
struct Catalogue: Sendable {
  var accounts: [SimulatedAccount]
  var repositories: [SimulatedRepository]

  /// The three accounts of the team.
  static let accounts = [
    SimulatedAccount.acme("dev", number: "210000000001"),
    SimulatedAccount.acme("stg", number: "210000000002"),
    SimulatedAccount.acme("prd", number: "210000000003"),
  ]

  /// The account of an environment.
  func account(for environment: String?) -> SimulatedAccount? {
    accounts.first { $0.environment == environment }
  }

  /// The service whose newest version is everywhere.
  static let steadyService = "auth"

  /// The team's world: six services in three repositories, each deployed to dev, stg and prd.
  static func team(seed: UInt64) -> Catalogue {
    var repositories = [
      repository(
        "shop", id: 510_000_001, "쇼핑몰 서비스와 결제", services: ["shop", "api", "결제"], seed: seed),
      repository(
        "web", id: 510_000_002, "Storefront and back office", services: ["web", "admin"], seed: seed
      ),
      repository("auth", id: 510_000_003, "Sign-in and sessions", services: ["auth"], seed: seed),
    ]
    // Sign-ins leave personal data in logs, so they are kept for a day.
    repositories[2].retentionDays = 1
    repositories[1].workflows.append(
      SimulatedWorkflow(
        id: 81_020_090, name: nil, path: ".github/workflows/nightly.yml", service: "nightly",
        runner: .hosted,
        jobs: [SimulatedWorkflow.JobTemplate(key: "links", steps: .check)], takesTags: false))
    return Catalogue(accounts: accounts, repositories: repositories)
  }

  /// As many repositories as asked, each with one service.
  static func plain(repositories count: Int, seed: UInt64) -> Catalogue {
    Catalogue(
      accounts: accounts,
      repositories: (0..<max(1, count)).map { index in
        let name = index == 0 ? "shop" : index == 1 ? "web" : "service-\(index + 1)"
        return repository(
          name, id: 510_000_001 + Int64(index), "Service \(index + 1)", services: [name],
          seed: seed)
      })
  }

  private static func repository(
    _ name: String, id: Int64, _ description: String, services: [String], seed: UInt64
  ) -> SimulatedRepository {
    let firstID = 81_000_000 + (id - 510_000_000) * 10_000
    var workflows: [SimulatedWorkflow] = []
    for service in services {
      for account in accounts {
        workflows.append(
          deploy(
            service, to: account.environment, id: firstID + Int64(workflows.count),
            isReviewed: account.environment == "prd"
              && ["shop", "결제", "admin"].contains(service)))
      }
    }
    workflows.append(check("CI", file: "ci.yml", id: firstID + 80))
    workflows.append(check("CodeQL", file: "codeql.yml", id: firstID + 81))
    var repository = SimulatedRepository(
      id: id, name: RepositoryName(owner: "acme", name: name), description: description,
      workflows: workflows,
      environments: accounts.enumerated().map { index, account in
        environment(
          account.environment, id: 6_100_000_000 + (id - 510_000_000) * 10 + Int64(index),
          of: name)
      },
      history: CommitHistory(
        seed: seed, repository: name,
        branches: [
          CommitHistory.Branch(name: "develop", behind: 1, count: 3),
          CommitHistory.Branch(name: "feature/장바구니", behind: 14, count: 6),
          CommitHistory.Branch(name: "renovate/node-22.x", behind: 3, count: 1),
        ]))
    repository.tags = releases(of: repository, seed: seed)
    return repository
  }

  /// Production asks for a review; in one repository the client's user is not among those who may
  /// give it.
  private static func environment(
    _ name: String, id: Int64, of repository: String
  ) -> SimulatedRepository.DeploymentEnvironment {
    var environment = SimulatedRepository.DeploymentEnvironment(id: id, name: name)
    guard name == "prd" else { return environment }
    environment.waitTimer = 2
    environment.reviewers =
      repository == "web"
      ? [.team("release-managers"), .person(SimulatedPerson.team[1])]
      : [.person(.viewer), .person(SimulatedPerson.team[0]), .person(SimulatedPerson.team[1])]
    return environment
  }

  /// Annotated tags of versions that were told to customers.
  private static func releases(
    of repository: SimulatedRepository, seed: UInt64
  ) -> [SimulatedRepository.Ref] {
    let newest = repository.history.newest(at: .start)
    return (0..<5).compactMap { number in
      let index = newest - 20 - (4 - number) * 150
      guard index >= 0 else { return nil }
      let commit = repository.history.commit(CommitHistory.Place(index: index))
      var chance = Randomness(seed: seed, "release", repository.name.name, String(number))
      return SimulatedRepository.Ref(
        name: "v1.\(38 + number).0", commit: commit, createdAt: commit.date,
        object: chance.hex(40))
    }
  }

  /// As many inputs as GitHub allows.
  private static var manyInputs: [SimulatedWorkflow.Input] {
    (1...25).map { number in
      let name = "flag_\(number < 10 ? "0" : "")\(number)"
      return SimulatedWorkflow.Input(
        name: name, description: "Feature flag \(number)",
        kind: number % 5 == 0 ? .choice(["on", "off", "unchanged"]) : .boolean,
        defaultValue: number % 5 == 0 ? "unchanged" : "false")
    }
  }

  private static func check(_ name: String, file: String, id: Int64) -> SimulatedWorkflow {
    SimulatedWorkflow(
      id: id, name: name, path: ".github/workflows/\(file)", service: name, runner: .hosted,
      jobs: [SimulatedWorkflow.JobTemplate(key: "test", steps: .check)], takesTags: false,
      takesDispatch: name == "CI")
  }

  /// The file names stay ASCII; the Korean service is `payments` there.
  static func slug(_ service: String) -> String {
    service == "결제" ? "payments" : service
  }

  private static func deploy(
    _ service: String, to environment: String, id: Int64, isReviewed: Bool
  ) -> SimulatedWorkflow {
    let reviewed = isReviewed ? environment : nil
    var workflow = SimulatedWorkflow(
      id: id, name: "action-\(service)-\(environment)-deploy",
      path: ".github/workflows/action-\(slug(service))-\(environment)-deploy.yml",
      service: service, environment: environment, runner: .separate,
      jobs: [
        SimulatedWorkflow.JobTemplate(
          key: "build", legs: ["20.x"], environment: reviewed, steps: .deploy)
      ])
    switch service {
    case "shop":
      workflow.inputs = [
        SimulatedWorkflow.Input(
          name: "version", description: "Version to deploy; empty for the newest", kind: .string,
          defaultValue: ""),
        SimulatedWorkflow.Input(
          name: "log_level", description: "How much the build says",
          kind: .choice(["info", "warning", "debug"]), isRequired: true, defaultValue: "info"),
        SimulatedWorkflow.Input(
          name: "dry_run", description: "Build only, deploy nothing", kind: .boolean,
          defaultValue: "false"),
        SimulatedWorkflow.Input(
          name: "timeout", description: "Minutes until the roll-out is given up", kind: .number,
          defaultValue: "15"),
        SimulatedWorkflow.Input(
          name: "target", description: "GitHub environment", kind: .environment,
          defaultValue: environment),
      ]
    case "결제":
      workflow.inputs = [
        SimulatedWorkflow.Input(
          name: "reason", description: "배포 사유", kind: .string, isRequired: true),
        SimulatedWorkflow.Input(
          name: "replicas", description: "Number of tasks", kind: .number, defaultValue: "2"),
      ]
    case "api":
      workflow.jobs = [
        SimulatedWorkflow.JobTemplate(key: "build", steps: .build),
        SimulatedWorkflow.JobTemplate(
          key: "deploy", needs: ["build"], environment: reviewed, steps: .rollOut,
          inheritsLabel: true),
      ]
    case "web":
      workflow.jobs[0].legs = ["20.x", "22.x"]
    case "auth":
      workflow.runner = .spaced
      if environment == "dev" { workflow.inputs = manyInputs }
    case "admin":
      workflow.runner = .suffixed
      workflow.jobs += [
        SimulatedWorkflow.JobTemplate(
          key: "deploy", needs: ["build"], steps: .rollOut, caller: "rollout"),
        SimulatedWorkflow.JobTemplate(
          key: "smoke", needs: ["deploy"], legs: ["chrome", "firefox"], steps: .smoke,
          caller: "rollout"),
      ]
      workflow.takesDispatch = environment != "prd"
      workflow.isUnused = environment == "prd"
      workflow.state = environment == "stg" ? "disabled_manually" : "active"
    default: break
    }
    return workflow
  }
}
