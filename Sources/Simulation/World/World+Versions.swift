import Deploys

extension World {
  /// What a workflow deploys at a moment: production trails staging, and staging development.
  func version(
    of workflow: SimulatedWorkflow, in repository: Int, at time: Instant
  ) -> SimulatedCommit {
    let history = catalogue.repositories[repository].history
    guard workflow.service != Catalogue.steadyService else {
      return history.head(at: min(time, .start + .seconds(-3 * 86_400)))
    }
    let lag: Duration =
      switch workflow.environment {
      case "stg": .seconds(5 * 3600)
      case "prd": .seconds(14 * 3600)
      default: .zero
      }
    return history.head(at: .start + (time.sinceStart - lag))
  }

  /// One deploy that went well for each service and environment, so recent that what is live
  /// differs between environments as it does with a team that promotes.
  var liveOrders: [RunOrder] {
    guard scenario.world == .team, scenario.history > 0 else { return [] }
    return catalogue.repositories.indices.flatMap { repository in
      let workflows = catalogue.repositories[repository].workflows
      return workflows.indices.filter { workflows[$0].isDeploy && !workflows[$0].isUnused }
        .map { liveOrder(repository: repository, workflow: $0) }
    }
  }

  private func liveOrder(repository: Int, workflow index: Int) -> RunOrder {
    let workflow = catalogue.repositories[repository].workflows[index]
    var chance = Randomness(seed: seed, "live", workflow.displayName)
    let age =
      switch workflow.environment {
      case "dev": chance.seconds(2400...6600)
      case "stg": chance.seconds(7200...14_400)
      default: chance.seconds(18_000...28_800)
      }
    var order = order(
      repository: repository, workflow: index, at: .start + (.zero - age),
      fate: RunFate(review: .seconds(120)), person: nil, chance: &chance)
    order.event = "push"
    order.title = order.commit.subject
    return order
  }

  /// Gives a dispatch a ref that has its commit.
  ///
  /// That is the workflow's newest tag where the main line has moved on, and without one the
  /// dispatch becomes a push.
  func settleRef(of order: inout RunOrder, workflow: SimulatedWorkflow) {
    let repository = catalogue.repositories[order.repository]
    guard order.commit != repository.history.head(at: order.createdAt) else { return }
    let stem = workflow.tagStem
    if let tag = repository.tags.last(where: { tag in
      tag.name.hasPrefix(stem) && tag.createdAt <= order.createdAt
    }) {
      order.ref = tag.name
      order.commit = tag.commit
    } else {
      order.event = "push"
      order.title = order.commit.subject
    }
  }

  /// Files a tag.
  mutating func addTag(
    _ name: String, commit: SimulatedCommit, object: String? = nil, in repository: Int,
    at time: Instant
  ) {
    catalogue.repositories[repository].tags.append(
      SimulatedRepository.Ref(name: name, commit: commit, createdAt: time, object: object))
  }

  /// `shop-dev-20261123-02`, the day being the day in UTC.
  func nextTag(of workflow: SimulatedWorkflow, in repository: Int, at time: Instant) -> String {
    let stem = workflow.tagStem + Timestamp.day(clock.date(of: time)) + "-"
    let taken = catalogue.repositories[repository].tags.compactMap { tag in
      tag.name.hasPrefix(stem) ? Int(tag.name.dropFirst(stem.count)) : nil
    }
    let number = (taken.max() ?? 0) + 1
    return stem + (number < 10 ? "0" : "") + String(number)
  }

  /// The hash of the object that an annotated tag is; few people make such tags.
  func tagObject(of name: String, share: Double) -> String? {
    var chance = Randomness(seed: seed, "tag object", name)
    return chance.chance(share) ? chance.hex(40) : nil
  }
}
