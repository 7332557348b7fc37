import AWS
import Archives
package import Deploys

extension Inspector {
  /// Lists what a container holds, bringing it here first where that is needed.
  ///
  /// What was brought stays until ``close(_:)-(FileContainer)``. Cancelling the reading task gives
  /// it up, unless somebody else waits for it.
  package func list(_ container: FileContainer) -> AsyncStream<FilesDelivery> {
    AsyncStream { continuation in
      let task = Task {
        do {
          continuation.yield(
            .listed(try await files(of: container) { continuation.yield(.fetching($0)) }))
        } catch {
          continuation.yield(.failed(ReadFailure(reading: error)))
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// Nobody looks at a container any more: what was brought of it is forgotten.
  package func close(_ container: FileContainer) {
    switch container {
    case .artifact(let artifact): shelf.leave(artifact.key, keeps: false)
    case .failureFiles: break
    }
  }

  private func files(
    of container: FileContainer, onProgress: @Sendable (Transfer) -> Void
  ) async throws -> [StoredFile] {
    switch container {
    case .artifact(let artifact):
      try artifact.checkKept()
      guard let (thing, news) = bring(artifact, for: .viewer) else { throw CancellationError() }
      let zip = try await thing.whole(news, onProgress: onProgress)
      let archive = artifact.archive(in: zip, limits: limits)
      let files = try await BlockingWork.run { _ in try archive.entries() }
      withExtendedLifetime(zip) {}
      return files
    case .failureFiles(let build, let place):
      return try await failureFiles(at: place, of: build)
    }
  }

  /// The files that a build has left under a prefix in S3.
  func failureFiles(at place: S3Location, of build: BuildKey) async throws -> [StoredFile] {
    let listing = try await aws.client(for: build.scope).objects(under: place)
    var files = listing.objects.compactMap { object -> StoredFile? in
      guard object.location.key.hasPrefix(place.key) else { return nil }
      var path = object.location.key.dropFirst(place.key.count)
      if path.hasPrefix("/") { path = path.dropFirst() }
      // Consoles make an empty object to show a folder.
      guard !path.isEmpty, !path.hasSuffix("/") else { return nil }
      return StoredFile(
        path: String(path), size: object.size, modifiedAt: object.modifiedAt,
        refusal: EntryName.refusal(String(path)))
    }
    if listing.isCut {
      files.append(
        StoredFile(
          path: "… more than \(listing.objects.count) files", size: nil,
          refusal: "only the first ones are listed; `aws s3 ls \(place)` lists all"))
    }
    return files
  }
}
