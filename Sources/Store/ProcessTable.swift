import Deploys
import Foundation

/// What the system tells about processes.
enum ProcessTable {
  /// What can be said of a process that once wrote something down.
  enum State: Sendable {
    /// It runs.
    case running
    /// It has ended.
    case ended
    /// It was on another machine or in another container, where nobody here can look.
    case elsewhere
  }

  /// Looks for a process, as seen from another one.
  ///
  /// A process id is given away anew when its process has ended, so the start has to be the same
  /// too. The boot, and not the host's name, tells whether it is the same machine: names change
  /// and are given twice. Another boot under the same name is that machine, started anew.
  static func state(of origin: AuditOrigin, seenFrom here: AuditOrigin) -> State {
    let process = origin.process
    guard process.boot == here.process.boot else {
      return origin.host == here.host ? .ended : .elsewhere
    }
    guard process.space == here.process.space, !process.boot.isEmpty || origin.host == here.host
    else { return .elsewhere }
    guard let start = start(of: process.id) else { return .ended }
    return start == process.start || start.isEmpty || process.start.isEmpty ? .running : .ended
  }

  /// This machine's name.
  static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    // The last byte stays 0 where the name is cut.
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  #if os(Linux)
  /// What tells one boot of one machine from every other.
  static var boot: String {
    let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  /// The process id namespace: what a container counts its processes in.
  static var space: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
  }

  /// When a process started, in ticks since boot; empty where it runs and the system does not say,
  /// `nil` where it does not run.
  ///
  /// Source: proc_pid_stat(5), fields 3 and 22; the name before them may hold anything.
  static func start(of id: Int32) -> String? {
    guard isThere(id) else { return nil }
    guard let bytes = FileManager.default.contents(atPath: "/proc/\(id)/stat"),
      let end = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return isThere(id) ? "" : nil }
    let fields = bytes[end...].dropFirst().split(separator: UInt8(ascii: " "))
    guard fields.count > 19, let state = fields[0].first else { return "" }
    let hasEnded = state == UInt8(ascii: "Z") || state == UInt8(ascii: "X")
    return hasEnded ? nil : String(decoding: fields[19], as: UTF8.self)
  }
  #else
  /// What tells one boot of one machine from every other.
  static var boot: String {
    var size = 0
    guard sysctlbyname("kern.bootsessionuuid", nil, &size, nil, 0) == 0 else { return "" }
    var text = [UInt8](repeating: 0, count: size)
    guard sysctlbyname("kern.bootsessionuuid", &text, &size, nil, 0) == 0 else { return "" }
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Processes are counted in one way only.
  static var space: String { "" }

  /// When a process started, in seconds since 1970; empty where it runs and the system does not
  /// say, `nil` where it does not run.
  static func start(of id: Int32) -> String? {
    guard isThere(id) else { return nil }
    var facts = proc_bsdinfo()
    let size = Int32(MemoryLayout<proc_bsdinfo>.size)
    guard proc_pidinfo(id, PROC_PIDTBSDINFO, 0, &facts, size) == size else { return "" }
    return "\(facts.pbi_start_tvsec).\(facts.pbi_start_tvusec)"
  }
  #endif

  private static func isThere(_ id: Int32) -> Bool {
    // 0 and less would ask about groups of processes.
    id > 0 && (kill(id, 0) == 0 || errno != ESRCH)
  }
}
