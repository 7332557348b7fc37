import Deploys
import Synchronization

/// What is being brought and what is here, each under its name.
final class Shelf: Sendable {
  /// What names a thing.
  enum Key: Hashable, Sendable {
    /// A text.
    case log(LogSource)
    /// The zip of an artifact, by its id.
    case archive(RepositoryName, id: Int64)
  }

  /// How many texts are kept that nobody looks at.
  fileprivate static let keptCount = 8
  /// How many bytes of them.
  fileprivate static let keptBytes = 256 << 20

  fileprivate struct State {
    var things: [Key: Bringing] = [:]
    /// What somebody looks at.
    var open: Set<Key> = []
    /// Texts that nobody looks at, the one that was left last at the end.
    var idle: [Key] = []
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Something that is here or on its way; `nil` where it is neither.
  subscript(key: Key) -> Bringing? {
    state.withLock { state in
      guard let thing = state.things[key], !thing.isSpent else { return nil }
      return thing
    }
  }

  /// Waits for something, which is started where nobody else has.
  func news(
    of key: Key, for role: Bringing.Role, start: () -> Bringing
  ) -> (thing: Bringing, news: AsyncStream<LogDelivery>)? {
    state.withLock { state in
      guard !state.isClosed else { return nil }
      state.idle.removeAll { $0 == key }
      if role == .viewer { state.open.insert(key) }
      if let thing = state.things[key], !thing.isSpent, let news = thing.news(for: role) {
        return (thing, news)
      }
      let thing = start()
      state.things[key] = thing
      return thing.news(for: role).map { (thing, $0) }
    }
  }

  /// Nobody looks at something any more.
  /// - Parameters:
  ///   - key: What names it.
  ///   - keeps: Whether it is kept for a while, as it never changes.
  func leave(_ key: Key, keeps: Bool) {
    let (left, dropped) = state.withLock { state -> (Bringing?, [Bringing]) in
      state.open.remove(key)
      let thing = state.things[key]
      return (thing, state.settle(key, keeps: keeps))
    }
    left?.dismissViewers()
    // The files go when the last reference does, which is not while the state is locked.
    withExtendedLifetime(dropped) {}
  }

  /// Work that needed something has it.
  /// - Parameters:
  ///   - key: What names it.
  ///   - keeps: Whether it is kept for a while, as it never changes.
  func settle(_ key: Key, keeps: Bool) {
    let dropped = state.withLock { state in
      state.open.contains(key) ? [] : state.settle(key, keeps: keeps)
    }
    withExtendedLifetime(dropped) {}
  }

  /// Gives everything up and waits until nothing goes on.
  func close() async {
    let things = state.withLock { state in
      state.isClosed = true
      defer {
        state.things = [:]
        state.idle = []
      }
      return Array(state.things.values)
    }
    for thing in things { await thing.cancel() }
  }
}

extension Shelf.State {
  /// Keeps something that nobody looks at for a while, or forgets it.
  /// - Returns: What was forgotten.
  fileprivate mutating func settle(_ key: Shelf.Key, keeps: Bool) -> [Bringing] {
    guard let thing = things[key] else { return [] }
    guard keeps, thing.isWhole else {
      things[key] = nil
      return [thing]
    }
    idle.removeAll { $0 == key }
    idle.append(key)
    return trim()
  }

  /// Forgets the texts that were left first, until few enough are kept.
  private mutating func trim() -> [Bringing] {
    var dropped: [Bringing] = []
    while let first = idle.first,
      idle.count > Shelf.keptCount
        || idle.reduce(0, { $0 + (things[$1]?.file?.count ?? 0) }) > Shelf.keptBytes
    {
      idle.removeFirst()
      if let thing = things.removeValue(forKey: first) { dropped.append(thing) }
    }
    return dropped
  }
}
