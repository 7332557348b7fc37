import Foundation
import Simulation

/// A simulator on a free loopback port, for the rest of the process's life.
enum SimulatedServer {
  /// Starts serving, then does some work.
  /// - Parameters:
  ///   - simulator: The world.
  ///   - work: Gets the port.
  /// - Throws: What `work` throws, or the server's error where it cannot listen.
  static func serve(
    _ simulator: Simulator, while work: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    let (ports, opened) = AsyncThrowingStream<Int, any Error>.makeStream()
    // It ends with the process: cancelled in the middle of an answer, the server would trap.
    Task {
      do {
        try await SimulatorServer.run(simulator, port: 0) { opened.yield($0) }
        opened.finish()
      } catch {
        opened.finish(throwing: error)
      }
    }
    for try await port in ports { return try await work(port) }
  }
}
