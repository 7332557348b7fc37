import Deploys

/// Tells by a workflow's name where it deploys, and remembers the answer per name.
struct Classifier: Sendable {
  private let environments: [Environment]
  private var known: [String: Answer] = [:]

  private enum Answer: Sendable {
    case deploys(environment: Int, service: String)
    case other
  }

  init(environments: [Environment]) {
    self.environments = environments
  }

  /// The index of the first environment whose pattern matches, and the service.
  mutating func classify(_ workflowName: String) -> (environment: Int, service: String)? {
    let answer: Answer
    if let found = known[workflowName] {
      answer = found
    } else {
      answer = judge(workflowName)
      // Names come from outside; a repository that invents them must not fill the memory.
      if known.count > 4096 { known.removeAll() }
      known[workflowName] = answer
    }
    switch answer {
    case .deploys(let environment, let service): return (environment, service)
    case .other: return nil
    }
  }

  private func judge(_ name: String) -> Answer {
    environments.place(ofWorkflow: name).map {
      .deploys(environment: $0.index, service: $0.service)
    } ?? .other
  }
}

/// A small seeded source of factors near 1.
struct Jitter: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A factor between 0.9 and 1.1, by SplitMix64.
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return 0.9 + 0.2 * Double(bits >> 11) / Double(UInt64(1) << 53)
  }
}
