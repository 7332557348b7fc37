import Deploys

extension ReadFailure {
  /// Tells what an error means to a person, and what it was that was to be read.
  init(reading error: any Error, _ what: String) {
    self.init(reading: error)
    if error is ReadFailure || kind == .cancelled || message.contains(what) { return }
    message = "\(what) could not be read: \(message)"
  }
}

extension [ReadFailure] {
  /// Each once, in order: when a server is away, every read says the same.
  var uniqued: [ReadFailure] {
    var seen: Set<ReadFailure> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Loadable {
  /// What a read brings, or why it brings nothing.
  init(reading: () async throws -> Value) async {
    do {
      self = .loaded(try await reading())
    } catch {
      self = .failed(ReadFailure(reading: error))
    }
  }
}
