import Deploys

extension World {
  /// The runs that make the scenario's situations.
  var situationOrders: [RunOrder] {
    scenario.situations.flatMap { situation in
      switch situation {
      case .markedFailure:
        [
          order(
            "action-api-dev-deploy", minutesAgo: 11, RunFate(ending: .failure, cause: .typeError))
        ]
      case .unmarkedFailure:
        [
          order(
            "action-결제-dev-deploy", minutesAgo: 17,
            RunFate(ending: .unmarkedFailure, cause: .testFailure))
        ]
      case .cancelled:
        [
          order(
            "action-web-prd-deploy", minutesAgo: 23,
            RunFate(ending: .cancelled(after: .seconds(40))))
        ]
      case .runnerNeverComes:
        [order("action-결제-stg-deploy", minutesAgo: 14, RunFate(runner: .neverComes), person: 4)]
      case .waitingForReview:
        [order("action-shop-prd-deploy", minutesAgo: 9, RunFate(review: nil), person: 0)]
      case .buildPhases: buildPhaseOrders
      case .installFailed:
        [order("action-admin-dev-deploy", minutesAgo: 7, RunFate(runner: .failsInInstall))]
      case .idleRunner:
        [order("action-auth-dev-deploy", minutesAgo: 12, RunFate(runner: .idles))]
      case .secondJobQueued:
        [
          order(
            "action-api-prd-deploy", minutesAgo: 6,
            RunFate(
              runner: .held(phase: "PROVISIONING", for: .seconds(300)), review: .zero,
              job: "deploy"))
        ]
      case .swappedLegs:
        [order("action-web-dev-deploy", minutesAgo: 2.2, RunFate(runner: .swapped))]
      case .rerun: [rerunOrder]
      case .waitingForOthers:
        [order("action-admin-prd-deploy", minutesAgo: 6, RunFate(review: nil), person: 1)]
      case .abandonedBuild:
        [
          order(
            "action-shop-dev-deploy", minutesAgo: 14,
            RunFate(runner: .abandoned(after: .seconds(70))), person: 2)
        ]
      case .longBuild:
        [order("action-auth-stg-deploy", minutesAgo: 3.5, RunFate(stretch: 30))]
      }
    }
    .compactMap { $0 }
  }

  /// Two failed attempts to roll out, and a third that goes well.
  private var rerunOrder: RunOrder? {
    var order = order(
      "action-api-stg-deploy", minutesAgo: 58,
      RunFate(ending: .failure, job: "deploy", cause: .unhealthyTargets), person: 1)
    order?.laterFates = [
      RunFate(ending: .failure, job: "deploy", cause: .outOfMemory), RunFate(job: "deploy"),
    ]
    return order
  }

  private var buildPhaseOrders: [RunOrder?] {
    func held(_ phase: String, _ seconds: Double) -> RunFate {
      RunFate(runner: .held(phase: phase, for: .seconds(seconds)))
    }
    return [
      order("action-shop-stg-deploy", minutesAgo: 0.1, held("SUBMITTED", 40)),
      order("action-auth-prd-deploy", minutesAgo: 4, held("QUEUED", 600)),
      order("action-shop-dev-deploy", minutesAgo: 0.35, held("PROVISIONING", 70)),
      order("action-web-stg-deploy", minutesAgo: 1.5, held("INSTALL", 100)),
    ]
  }

  private func order(
    _ name: String, minutesAgo: Double, _ fate: RunFate, person: Int? = nil
  ) -> RunOrder? {
    for (repository, entry) in catalogue.repositories.enumerated() {
      guard let workflow = entry.workflows.firstIndex(where: { $0.name == name }) else { continue }
      var chance = Randomness(seed: seed, "situation", name)
      return self.order(
        repository: repository, workflow: workflow,
        at: .start + .milliseconds(Int64(-minutesAgo * 60_000)), fate: fate,
        person: person.map { SimulatedPerson.team[$0] }, chance: &chance)
    }
    return nil
  }
}
