package import Foundation
import Synchronization

/// Answers that may be asked for again with `If-None-Match`, within a bound of bytes.
///
/// GitHub charges nothing for a 304. Its tags depend on the credential (github/docs#34689), so the
/// credential is part of the key. The least recently used answers give way.
package final class ConditionalCache: Sendable {
  /// What names an answer.
  package struct Key: Sendable, Hashable {
    /// A name for the credential, made up at random in this process; never the credential.
    package var credential: UUID
    /// The method.
    package var method: String
    /// The absolute URL.
    package var url: String
    /// The `Accept` header.
    package var accept: String

    /// Creates a key.
    package init(credential: UUID, method: String, url: String, accept: String) {
      self.credential = credential
      self.method = method
      self.url = url
      self.accept = accept
    }
  }

  /// An answer.
  package struct Entry: Sendable, Hashable {
    /// The tag, character for character as it came, `W/` included.
    package var etag: String
    /// The `Link` header, which a 304 need not repeat.
    package var link: String?
    /// The body.
    package var body: Data

    /// Creates an entry.
    package init(etag: String, link: String? = nil, body: Data) {
      self.etag = etag
      self.link = link
      self.body = body
    }
  }

  private struct Slot {
    var entry: Entry
    var cost: Int
    var lastUse: UInt64
  }

  private struct Contents {
    var slots: [Key: Slot] = [:]
    var bytes = 0
    var uses: UInt64 = 0

    /// Drops the least recently used answers.
    ///
    /// A scan for each: the entries are few, and each holds a whole page of a listing.
    mutating func evict(downTo limit: Int) {
      while bytes > limit, let oldest = slots.min(by: { $0.value.lastUse < $1.value.lastUse }) {
        bytes -= oldest.value.cost
        slots[oldest.key] = nil
      }
    }
  }

  private let byteLimit: Int
  private let contents = Mutex(Contents())

  /// Creates an empty cache.
  /// - Parameter byteLimit: The bound; an answer that alone exceeds it is not kept.
  package init(byteLimit: Int = 16 * 1_048_576) {
    self.byteLimit = byteLimit
  }

  /// The bytes kept, with an allowance for what each entry costs beside its text.
  package var byteCount: Int { contents.withLock(\.bytes) }

  /// The number of answers kept.
  package var count: Int { contents.withLock(\.slots.count) }

  /// An answer; setting replaces it, `nil` forgets it.
  package subscript(key: Key) -> Entry? {
    get {
      contents.withLock { contents in
        contents.uses += 1
        contents.slots[key]?.lastUse = contents.uses
        return contents.slots[key]?.entry
      }
    }
    set {
      contents.withLock { contents in
        if let old = contents.slots.removeValue(forKey: key) { contents.bytes -= old.cost }
        guard let newValue else { return }
        let cost = Self.cost(of: newValue, under: key)
        guard cost <= byteLimit else { return }
        contents.uses += 1
        contents.slots[key] = Slot(entry: newValue, cost: cost, lastUse: contents.uses)
        contents.bytes += cost
        contents.evict(downTo: byteLimit)
      }
    }
  }

  private static func cost(of entry: Entry, under key: Key) -> Int {
    let overhead = 256
    return overhead + entry.body.count + entry.etag.utf8.count + (entry.link?.utf8.count ?? 0)
      + key.url.utf8.count + key.accept.utf8.count
  }
}
