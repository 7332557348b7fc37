package import Deploys
import Synchronization

extension Inspector {
  /// How far apart two tellings of progress are at least.
  private static let progressInterval = Duration.milliseconds(100)

  /// Writes something to a file of the operator's.
  ///
  /// It is written beside the place first, and put there whole and checked or not at all. Cancelling
  /// the reading task stops it; what has come of an artifact then stays for going on later.
  package func save(_ request: SaveRequest) -> AsyncStream<SaveNews> {
    AsyncStream { continuation in
      let pace = Pace<Transfer>(Self.progressInterval, sleep: sleep) {
        continuation.yield(.progress($0))
      }
      let id = saves.withLock { saves -> Int? in
        guard !saves.isClosed else { return nil }
        saves.count += 1
        let id = saves.count
        saves.tasks[id] = Task {
          let news = await self.saved(request) { pace.offer($0) }
          pace.stop()
          continuation.yield(news)
          continuation.finish()
          self.saves.withLock { $0.tasks[id] = nil }
        }
        return id
      }
      guard let id else {
        continuation.finish()
        return
      }
      continuation.onTermination = { _ in
        self.saves.withLock { $0.tasks[id] }?.cancel()
      }
    }
  }

  private func saved(
    _ request: SaveRequest, onProgress: @escaping @Sendable (Transfer) -> Void
  ) async -> SaveNews {
    do {
      let place = try Destination(
        request.path, standard: FileNaming.name(of: request.item), home: home)
      guard request.mayReplace || !place.exists else { return .exists(path: place.path) }
      let saving = Saving(request, to: place, by: self, onProgress: onProgress)
      return try await saving.run()
    } catch {
      return .failed(ReadFailure(reading: error))
    }
  }
}
