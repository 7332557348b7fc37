import Foundation
import Simulation

/// A simulator on a free loopback port for as long as some work runs.
enum SimulatedServer {
  /// Serves while `work` runs.
  /// - Parameters:
  ///   - simulator: The world.
  ///   - work: Gets the port.
  /// - Throws: What `work` throws, or the server's error where it cannot listen.
  static func serve(
    _ simulator: Simulator, while work: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    let (ports, opened) = AsyncThrowingStream<Int, any Error>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await SimulatorServer.run(simulator, port: 0) { opened.yield($0) }
          opened.finish()
        } catch {
          opened.finish(throwing: error)
        }
      }
      defer { group.cancelAll() }
      for try await port in ports {
        try await work(port)
        return
      }
    }
  }
}
