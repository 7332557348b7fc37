import Crypto
import Foundation

/// An object in the bucket of an account: a marker, or a file that a failing build has left.
struct StoredObject: Sendable {
  let key: String
  let content: LazyContent
  let type: String
  let changedAt: Instant

  /// The entity tag, with its quotes: the MD5 digest, or that of its parts where it came in some.
  var tag: String {
    guard content.count > Self.partSize else {
      return "\"\(Insecure.MD5.hash(data: content.whole).hexDigits)\""
    }
    let name = Data("\(key) \(content.count)".utf8)
    let parts = (content.count + Self.partSize - 1) / Self.partSize
    return "\"\(Insecure.MD5.hash(data: name).hexDigits)-\(parts)\""
  }

  private static let partSize = 512 << 10
  private static let marker = LazyContent(Data("BUILD_FAILED=true\n".utf8))

  /// The objects of an account whose keys begin in a way, in the order of their keys' bytes.
  static func all(
    of account: Int, prefix: String, in world: World, at now: Instant
  ) -> [StoredObject] {
    var found: [StoredObject] = []
    for id in world.buildIDs[account] {
      guard let time = world.builds[id]?.markerAt, time <= now else { continue }
      let key = "results/failure_build_\(id).txt"
      if key.hasPrefix(prefix) {
        found.append(
          StoredObject(key: key, content: marker, type: "text/plain", changedAt: time))
      }
      let folder = "failures/\(id)/"
      guard folder.hasPrefix(prefix) || prefix.hasPrefix(folder),
        let (run, job) = world.job(onBuild: id)
      else { continue }
      for file in FailureFiles(job: job, run: run, world: world).uploads {
        let key = folder + file.path
        guard key.hasPrefix(prefix) else { continue }
        found.append(
          StoredObject(
            key: key, content: file.content, type: "binary/octet-stream", changedAt: time))
      }
    }
    return found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}
