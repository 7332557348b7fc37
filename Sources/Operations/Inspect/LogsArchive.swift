import Deploys

/// The files of GitHub's zip of an attempt's logs, in the order in which they are read.
///
/// A zip holds one file for each job, such as `0_build.txt`, and one for each step, such as
/// `build/1_Set up job.txt`; jobs of the old service have a negative number. The names are the jobs'
/// names without what a path cannot hold, cut after 90 UTF-16 units.
///
/// Source: the client of GitHub itself, cli/cli `pkg/cmd/run/view/logs.go`.
struct LogsArchive {
  /// A file of the zip, under the heading that it gets.
  struct Part: Hashable {
    /// The file's path in the zip.
    var path: String
    /// The job's name, and the step's where the file is one step's.
    var heading: String
    /// Why it is left out; `nil` where it is not.
    var refusal: String?
  }

  /// The parts, jobs and steps in order, no line of them twice.
  private(set) var parts: [Part] = []

  private struct JobFiles {
    var name: String
    var order: Int?
    var whole: StoredFile?
    var steps: [(number: Int, name: String, file: StoredFile)] = []
    var others: [(name: String, file: StoredFile)] = []
  }

  /// Puts the files of a zip in order.
  init(_ files: [StoredFile]) {
    var jobs: [JobFiles] = []
    func index(of name: String) -> Int {
      if let index = jobs.firstIndex(where: { Self.isSame($0.name, name) }) { return index }
      jobs.append(JobFiles(name: name))
      return jobs.count - 1
    }
    for file in files where !Self.isLitter(file.path) {
      let parts = file.path.split(separator: "/", maxSplits: 1).map(String.init)
      guard let last = parts.last, last.hasSuffix(".txt") else { continue }
      let (number, name) = Self.numbered(String(last.dropLast(4)))
      if parts.count == 1 {
        let job = index(of: name)
        jobs[job].whole = file
        jobs[job].order = number
      } else {
        let job = index(of: parts[0])
        if let number {
          jobs[job].steps.append((number, name, file))
        } else {
          jobs[job].others.append((name, file))
        }
      }
    }
    // Jobs without a file of their own follow in the zip's order.
    let order = jobs.indices.sorted {
      (jobs[$0].order ?? .max, $0) < (jobs[$1].order ?? .max, $1)
    }
    for job in order { add(jobs[job]) }
  }

  /// Takes the steps where they hold as much as the job's own file, for each gets its heading.
  private mutating func add(_ job: JobFiles) {
    for other in job.others.sorted(by: { $0.name < $1.name }) {
      add(other.file, "\(job.name) › \(other.name)")
    }
    let steps = job.steps.sorted { ($0.number, $0.name) < ($1.number, $1.name) }
    let size = steps.reduce(0) { $0 + ($1.file.size ?? 0) }
    if let whole = job.whole, steps.isEmpty || size < (whole.size ?? 0) {
      add(whole, job.name)
    } else {
      for step in steps { add(step.file, "\(job.name) › \(step.name)") }
    }
  }

  private mutating func add(_ file: StoredFile, _ heading: String) {
    let line = heading.split(whereSeparator: \.isNewline).joined(separator: " ")
    parts.append(Part(path: file.path, heading: line, refusal: file.refusal))
  }

  /// Whether a file was put there by the system that packed the zip.
  private static func isLitter(_ path: String) -> Bool {
    path.hasPrefix("__MACOSX/") || path.split(separator: "/").last?.hasPrefix(".") == true
  }

  /// Splits `12_name`; the number may be negative.
  private static func numbered(_ name: String) -> (number: Int?, name: String) {
    guard let end = name.firstIndex(of: "_"), let number = Int(name[..<end]) else {
      return (nil, name)
    }
    return (number, String(name[name.index(after: end)...]))
  }

  /// Whether two names mean one job: one of them may have been cut.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    let (short, long) = left.utf16.count < right.utf16.count ? (left, right) : (right, left)
    return short.utf16.count >= 80 && long.hasPrefix(short)
  }
}
