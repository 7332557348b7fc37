import Deploys

/// A run's jobs, grouped by their names as GitHub makes them.
///
/// GitHub names the legs of a matrix `build (a, b)` and the jobs of a called workflow
/// `caller / callee`; both can be combined.
indirect enum JobTree: Sendable, Equatable {
  /// Jobs that share the beginning of their names.
  case group(path: String, name: String, [JobTree])
  /// A job, with what its name says beyond its group's.
  case job(DeployJob, name: String)

  /// Groups jobs, in the order in which their groups first come.
  static func nodes(of jobs: [DeployJob]) -> [JobTree] {
    nodes(of: jobs.map { ($0, parts(of: $0.job.name)) }, under: "")
  }

  /// The jobs of it, in order.
  var jobs: [DeployJob] {
    switch self {
    case .group(_, _, let nodes): nodes.flatMap(\.jobs)
    case .job(let job, _): [job]
    }
  }

  private static func nodes(
    of jobs: [(job: DeployJob, parts: [String])], under path: String
  ) -> [JobTree] {
    var order: [String] = []
    var members: [String: [(job: DeployJob, parts: [String])]] = [:]
    for entry in jobs {
      let head = entry.parts.first ?? ""
      if members[head] == nil { order.append(head) }
      members[head, default: []].append(entry)
    }
    return order.flatMap { head -> [JobTree] in
      let inside = members[head] ?? []
      guard inside.count > 1 else {
        return inside.map { .job($0.job, name: joined($0.parts)) }
      }
      // Jobs whose names are the same are told apart by nothing; they stand side by side.
      guard inside.contains(where: { $0.parts.count > 1 }) else {
        return inside.map { .job($0.job, name: head) }
      }
      let shared = sharedParts(inside.map(\.parts))
      let name = joined(Array(inside[0].parts.prefix(shared)))
      let full = path.isEmpty ? name : "\(path) / \(name)"
      let rest = inside.map { entry in
        let parts = Array(entry.parts.dropFirst(shared))
        return (job: entry.job, parts: parts.isEmpty ? [name] : parts)
      }
      return [.group(path: full, name: name, nodes(of: rest, under: full))]
    }
  }

  /// How many parts all have in common; each keeps its last.
  private static func sharedParts(_ all: [[String]]) -> Int {
    let most = all.map { max(1, $0.count - 1) }.min() ?? 1
    return (1...most).last { count in
      all.allSatisfy { $0.prefix(count) == all[0].prefix(count) }
    } ?? 1
  }

  private static func joined(_ parts: [String]) -> String {
    parts.enumerated().map { index, part in
      index == 0 ? part : part.hasPrefix("(") ? " \(part)" : " / \(part)"
    }.joined()
  }

  /// Takes `a / b (c, d)` apart into `a`, `b` and `(c, d)`.
  static func parts(of name: String) -> [String] {
    // GitHub's own names are short; one that is not is not worth the look ahead at every bracket.
    guard name.utf8.count <= 500 else { return [name] }
    var parts: [String] = []
    var part = ""
    var depth = 0
    var rest = Substring(name)
    while let character = rest.first {
      if depth == 0, rest.hasPrefix(" / "), !part.isEmpty {
        parts.append(part)
        part = ""
        rest = rest.dropFirst(3)
        continue
      }
      if depth == 0, rest.hasPrefix(" ("), !part.isEmpty, isLeg(rest.dropFirst()) {
        parts.append(part)
        part = ""
        rest = rest.dropFirst()
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      part.append(character)
      rest = rest.dropFirst()
    }
    if !part.isEmpty { parts.append(part) }
    return parts.isEmpty ? [name] : parts
  }

  /// Whether a text begins with values in brackets that end a name or a caller's name.
  private static func isLeg(_ text: Substring) -> Bool {
    var depth = 0
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      guard depth == 0 else { continue }
      let rest = text[text.index(after: index)...]
      return rest.isEmpty || rest.hasPrefix(" / ")
    }
    return false
  }
}
