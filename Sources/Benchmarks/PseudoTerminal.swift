import Foundation

/// A program on a terminal of its own, timed to the moment at which it has written something.
///
/// Finer than ``TerminalProcess``: nothing polls, and no other program draws in between.
final class PseudoTerminal {
  /// The program's id.
  let pid: pid_t
  private let master: Int32
  private var output: [UInt8] = []
  /// Where what is awaited may begin: behind everything read before the last keys were sent.
  private var mark = 0
  private var since = ContinuousClock.now
  private var hasEnded = false

  /// Starts a program.
  /// - Parameters:
  ///   - arguments: Its name or path, and its arguments.
  ///   - environment: Its whole environment.
  ///   - columns: The terminal's width.
  ///   - rows: The terminal's height.
  /// - Throws: ``BenchmarkError`` where it cannot be started.
  init(
    _ arguments: [String], environment: [String: String], columns: UInt16 = 120, rows: UInt16 = 40
  ) throws {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var master: Int32 = -1
    var slave: Int32 = -1
    guard openpty(&master, &slave, nil, nil, &size) == 0, let name = ttyname(slave) else {
      throw BenchmarkError(description: "no pseudo-terminal can be had")
    }
    self.master = master
    let device = String(cString: name)
    defer { close(slave) }
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that a new session opens becomes its own.
    for descriptor in 0...2 {
      posix_spawn_file_actions_addopen(&actions, Int32(descriptor), device, O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Self.newSession)
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var pid: pid_t = 0
    since = ContinuousClock.now
    let failure = posix_spawnp(&pid, arguments[0], &actions, &attributes, &words, &variables)
    self.pid = pid
    guard failure == 0 else {
      close(master)
      hasEnded = true
      throw BenchmarkError(
        description: "cannot start \(arguments[0]): \(String(cString: strerror(failure)))")
    }
  }

  deinit { end() }

  #if os(Linux)
  /// `POSIX_SPAWN_SETSID` of spawn(3), which Swift's module leaves out.
  private static let newSession: Int16 = 0x80
  #else
  private static let newSession: Int16 = 0x400
  #endif

  /// Types keys; what is awaited afterwards has to come after them.
  func send(_ keys: String) {
    mark = output.count
    since = ContinuousClock.now
    var bytes = Array(keys.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Waits until a text has been written.
  ///
  /// The text has to be one that no cell can have shown before, else a program that writes only
  /// what changes may leave parts of it out.
  /// - Returns: How long it took from the start or from the last keys; `nil` where it took longer
  ///   than the limit.
  /// - Throws: ``BenchmarkError`` where the program ended before.
  func wait(for text: String, limit: Duration) throws -> Duration? {
    let wanted = Array(text.utf8)
    var searched = mark
    while true {
      if let place = Self.find(wanted, in: output, from: searched) {
        mark = place + wanted.count
        return ContinuousClock.now - since
      }
      searched = max(mark, output.count - wanted.count)
      let rest = limit - (ContinuousClock.now - since)
      guard rest > .zero else { return nil }
      var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      _ = poll(&descriptor, 1, Int32(min(rest.milliseconds, 1000) + 1))
      guard descriptor.revents != 0 else { continue }
      guard take() else { throw missing(text) }
    }
  }

  /// Takes what there is; `false` where the program has ended.
  private func take() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer[..<count]
    return true
  }

  private func missing(_ text: String) -> BenchmarkError {
    let said = String(decoding: output.suffix(400), as: UTF8.self)
      .replacing("\u{1B}", with: "^[")
    return BenchmarkError(
      description: "it ended before it wrote \(text); the last that it wrote: \(said)")
  }

  private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count - start >= wanted.count, let first = wanted.first else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      var place = start
      while place + wanted.count <= bytes.count {
        if bytes[place] == first,
          bytes[place..<(place + wanted.count)].elementsEqual(wanted)
        {
          return place
        }
        place += 1
      }
      return nil
    }
  }

  /// Ends the program and takes its exit.
  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    kill(pid, SIGKILL)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    close(master)
  }
}
