import Deploys

extension World {
  /// Fills the world with its past and with what is going on.
  mutating func fill() {
    var orders = historyOrders + liveOrders + situationOrders
    if scenario.world == .single { orders += singleOrder }
    orders.sort { $0.createdAt < $1.createdAt }
    for order in orders { file(order) }
    if scenario.arrivalsPerHour > 0 { nextArrivalAt = .start + gap(before: 0) }
  }

  /// Lets everything arrive that has come by now.
  mutating func advance(to now: Instant) {
    while let time = nextArrivalAt, time <= now {
      var chance = Randomness(seed: seed, "arrival", String(arrivals))
      if let order = ordinaryOrder(at: time, chance: &chance) { file(order) }
      arrivals += 1
      nextArrivalAt = time + gap(before: arrivals)
    }
  }

  private func gap(before arrival: Int) -> Duration {
    var chance = Randomness(seed: seed, "gap", String(arrival))
    let mean = 3600 / scenario.arrivalsPerHour
    return chance.seconds((mean * 0.3)...(mean * 1.7))
  }

  /// Starts a run; a push of a tag makes the tag first.
  @discardableResult mutating func file(_ order: RunOrder) -> RunPlan? {
    var order = order
    let workflow = catalogue.repositories[order.repository].workflows[order.workflow]
    if order.event == "workflow_dispatch", workflow.isDeploy {
      settleRef(of: &order, workflow: workflow)
    }
    if order.event == "push", workflow.isDeploy {
      order.ref = nextTag(of: workflow, in: order.repository, at: order.createdAt)
      addTag(
        order.ref, commit: order.commit, object: tagObject(of: order.ref, share: 0.2),
        in: order.repository, at: order.createdAt)
    }
    guard let run = start(order) else { return nil }
    for fate in order.laterFates { addLaterAttempt(to: run.id, fate: fate, actor: order.actor) }
    return runs[run.id]
  }

  /// Runs the failed jobs again, soon after the newest attempt's end.
  private mutating func addLaterAttempt(
    to runID: Int64, fate: RunFate, actor: SimulatedPerson
  ) {
    guard let run = runs[runID], let end = run.attempts.last?.jobs.compactMap(\.completedAt).max()
    else { return }
    do {
      try addAttempt(
        to: run, scope: .failed, actor: actor, fate: fate, at: end + .seconds(90))
    } catch {
      // Nothing failed, so there is nothing to run again.
      return
    }
  }

  /// The past: up to half an hour ago at the latest, so that all of it is over.
  private var historyOrders: [RunOrder] {
    var orders: [RunOrder] = []
    for repository in catalogue.repositories.indices {
      var chance = Randomness(seed: seed, "history", String(repository))
      let span = 4.0 * 86_400
      for index in 0..<scenario.history {
        let share = (Double(index) + chance.fraction()) / Double(scenario.history)
        let time = Instant.start + .milliseconds(Int64(-(2100 + share * span) * 1000))
        if var order = ordinaryOrder(at: time, chance: &chance, repository: repository) {
          order.fate.review = .seconds(120)
          if index == scenario.history / 2 { order.title = Self.nastyTitle }
          orders.append(order)
        }
      }
      let old = Instant.start + .seconds(-41 * 86_400)
      if scenario.history > 0,
        let order = ordinaryOrder(at: old, chance: &chance, repository: repository)
      {
        orders.append(order)
      }
    }
    return orders
  }

  private var singleOrder: [RunOrder] {
    var chance = Randomness(seed: seed, "single")
    return [
      order(
        repository: 0, workflow: 0, at: .start + .seconds(-20),
        fate: RunFate(stretch: 30), person: nil, chance: &chance)
    ]
  }

  /// A run as they come: mostly to dev, mostly by tag, mostly well.
  private func ordinaryOrder(
    at time: Instant, chance: inout Randomness, repository: Int? = nil
  ) -> RunOrder? {
    let place =
      repository ?? Int(chance.number(in: 0...Int64(catalogue.repositories.count - 1)))
    let workflows = catalogue.repositories[place].workflows.enumerated()
      .filter { $0.element.state == "active" && !$0.element.isUnused }
    let draw = chance.fraction()
    let environment: String? =
      draw < 0.2 ? nil : draw < 0.62 ? "dev" : draw < 0.82 ? "stg" : "prd"
    guard
      let workflow = chance.pick(
        workflows.filter { $0.element.environment == environment }.map(\.offset))
    else { return nil }
    var fate = RunFate(review: chance.seconds(60...420))
    let luck = chance.fraction()
    if luck < scenario.failureRate {
      fate.ending = chance.chance(0.8) ? .failure : .unmarkedFailure
    } else if luck < scenario.failureRate + 0.04 {
      fate.ending = .cancelled(after: chance.seconds(10...60))
    }
    if chance.chance(0.3) { fate.runner = .swapped }
    return order(
      repository: place, workflow: workflow, at: time, fate: fate, person: nil, chance: &chance)
  }

  /// Chooses who, what and how for a run of a workflow.
  func order(
    repository: Int, workflow index: Int, at time: Instant, fate: RunFate,
    person: SimulatedPerson?, chance: inout Randomness
  ) -> RunOrder {
    let entry = catalogue.repositories[repository]
    let workflow = entry.workflows[index]
    let author = person ?? chance.pick(SimulatedPerson.team) ?? .viewer
    var order = RunOrder(
      repository: repository, workflow: index, event: "push",
      ref: SimulatedRepository.mainBranch,
      commit: version(of: workflow, in: repository, at: time), title: "", actor: author,
      createdAt: time, fate: fate)
    if !workflow.isDeploy {
      order.ref = chance.pick(entry.branchNames) ?? order.ref
      order.commit = entry.branch(named: order.ref, at: time)?.commit ?? order.commit
      order.event =
        workflow.name == nil ? "schedule" : order.ref == "main" ? "push" : "pull_request"
      if order.ref.hasPrefix("renovate/") { order.actor = .bot }
      order.fate.runner = .ready
    } else if workflow.takesDispatch, chance.chance(0.3) {
      order.event = "workflow_dispatch"
    }
    order.title =
      order.event == "workflow_dispatch" ? workflow.displayName : order.commit.subject
    return order
  }

  /// What a workflow may put on somebody's terminal: escapes, a bidi override and a long word.
  private static let nastyTitle =
    "\u{1B}[31mred\u{1B}[0m \u{202E}txt.exe\u{202C} \u{7}bell "
    + "👩‍👩‍👧‍👦 e\u{301}" + String(repeating: "W", count: 80)
}
