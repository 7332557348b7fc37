import Deploys

extension JobPlan {
  /// Plans the steps from a moment on, and the job's end with them.
  mutating func fill(
    _ set: SimulatedWorkflow.StepSet, from start: Instant, fate: RunFate,
    chance: inout Randomness
  ) {
    let templates = StepTemplate.steps(of: set)
    let heavy = templates.filter { $0.kind == .written && $0.length.upperBound > 20 }
    let failing = fate.fails ? chance.pick(heavy)?.name : nil
    var time = start
    var number = 0
    var hasFailed = false
    steps = []
    for template in templates {
      // Clean-up steps are numbered after a gap, as GitHub leaves one.
      number += template.kind == .post && steps.last?.isWritten == true ? 5 : 1
      let runs =
        switch template.condition {
        case .success: !hasFailed
        case .failure: hasFailed
        case .always: true
        }
      var length = runs ? chance.seconds(template.length) : .zero
      if template.length.upperBound > 20 { length = length * fate.stretch }
      var conclusion: Conclusion = runs ? .success : .skipped
      if template.name == failing {
        conclusion = .failure
        hasFailed = true
      } else if template.name == StepTemplate.markerName, fate.ending == .unmarkedFailure, runs {
        conclusion = .failure
      }
      steps.append(
        StepPlan(
          number: number, name: template.name, startedAt: time, completedAt: time + length,
          conclusion: conclusion,
          isWritten: template.kind == .written || template.kind == .upload))
      time = time + length
    }
    completedAt = time
    conclusion = hasFailed ? .failure : .success
    guard let failing else { return }
    var luck = Randomness(seed: UInt64(truncatingIfNeeded: id), "cause", failing)
    cause = fate.cause ?? luck.pick(FailureCause.candidates(failing, in: set))
  }

  /// Cuts the job off: the running step ends as cancelled, later ones are skipped, clean-up runs.
  mutating func interrupt(at cut: Instant, settling: Duration) {
    guard let end = completedAt, end > cut else { return }
    var time = cut + settling
    for index in steps.indices where steps[index].completedAt > cut {
      if steps[index].startedAt <= cut {
        steps[index].completedAt = time
        steps[index].conclusion = .cancelled
      } else if steps[index].isWritten {
        steps[index].startedAt = time
        steps[index].completedAt = time
        steps[index].conclusion = .skipped
      } else {
        steps[index].startedAt = time
        time = time + .milliseconds(300)
        steps[index].completedAt = time
        steps[index].conclusion = .success
      }
    }
    completedAt = time
    conclusion = .cancelled
  }

  /// The runner went away: GitHub notices after ten minutes without news.
  mutating func lose(at cut: Instant) {
    guard let end = completedAt, end > cut else { return }
    let noticed = cut + .seconds(600)
    for index in steps.indices where steps[index].completedAt > cut {
      let isCurrent = steps[index].startedAt <= cut
      steps[index].startedAt = isCurrent ? steps[index].startedAt : noticed
      steps[index].completedAt = noticed
      steps[index].conclusion = isCurrent ? .cancelled : .skipped
    }
    completedAt = noticed
    conclusion = .failure
    lostAt = cut
  }

  /// Takes back the runner that was planned, so that the job waits for one until GitHub gives up.
  mutating func strand() {
    pickedUpAt = nil
    steps = []
    runner = nil
    ranOn = nil
    completedAt = queuedAt.map { $0 + World.queueLimit }
    conclusion = queuedAt == nil ? nil : .cancelled
  }
}

extension RunFate {
  /// Whether a step fails.
  fileprivate var fails: Bool {
    switch ending {
    case .failure, .unmarkedFailure: true
    case .success, .cancelled: false
    }
  }
}
