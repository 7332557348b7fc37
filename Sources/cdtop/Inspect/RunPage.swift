import Foundation

/// What the address of a page of GitHub's says beyond the run.
struct RunPage: Hashable {
  /// The attempt, of `…/actions/runs/ID/attempts/NUMBER`.
  var attempt: Int?
  /// The job, of `…/actions/runs/ID/job/JOB`.
  var job: Int64?

  /// Reads an address; what is none says nothing.
  init(_ text: String) {
    guard text.contains("://"), let url = URL(string: text) else { return }
    let parts = url.path.split(separator: "/").map(String.init)
    guard let runs = parts.firstIndex(of: "runs"), parts.count > runs + 2 else { return }
    let rest = parts[(runs + 2)...]
    attempt = Self.number(after: "attempts", in: rest).flatMap { Int(exactly: $0) }
    job = Self.number(after: "job", in: rest)
  }

  private static func number(after word: String, in parts: ArraySlice<String>) -> Int64? {
    guard let place = parts.firstIndex(of: word), parts.indices.contains(place + 1) else {
      return nil
    }
    return Int64(parts[place + 1])
  }
}
