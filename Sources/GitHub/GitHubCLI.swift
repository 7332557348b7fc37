import Foundation
import Synchronization

/// The `gh` program, asked for the token that it keeps.
struct GitHubCLI {
  private let path: String
  private let environment: [String: String]
  private let patience: Duration

  /// Finds gh on the `PATH`; `nil` where it is not installed.
  init?(environment: [String: String], patience: Duration = .seconds(10)) {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    guard
      let path = folders.lazy.map({ "\($0)/gh" })
        .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    self.path = path
    self.environment = environment
    self.patience = patience
  }

  /// The token for a host; `nil` where gh has none, fails, or waits for something.
  func token(for host: String) async -> String? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["auth", "token", "--hostname", host]
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    let (ends, end) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      end.yield(process.terminationStatus)
      end.finish()
    }
    do {
      try process.run()
    } catch {
      return nil
    }
    // A keyring may ask for a password on a screen that nobody sees. A child that is started from a
    // thread of Swift's pool inherits its mask, which blocks SIGTERM: only SIGKILL is sure to end it.
    let watchdog = Task { [patience] in
      try await Task.sleep(for: patience)
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
    defer { watchdog.cancel() }
    for await status in ends {
      guard status == 0 else { return nil }
      let text = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      return text.trimmingSpace.isEmpty ? nil : text
    }
    return nil
  }
}
