import AWS
import Deploys
import Foundation
import Synchronization
import Transport

/// Takes the pieces of a download into a file.
final class Receiver: Sendable {
  /// What becomes of bytes that come a second time, when a server begins anew.
  enum Manner: Sendable {
    /// They replace the ones that are there.
    case replacing
    /// They are held against the ones that are there, for somebody reads those already.
    case comparing
  }

  private struct State {
    var position: Int
    var total: Int?
    var digest: SHA256Digest?
  }

  private let file: OpenFile
  private let manner: Manner
  private let onProgress: @Sendable (Transfer) throws -> Void
  private let state: Mutex<State>

  /// Creates a receiver that goes on at the end of a file.
  /// - Parameters:
  ///   - file: The file.
  ///   - manner: What becomes of bytes that come a second time.
  ///   - digest: The digest of what the file holds, where one is wanted of the whole.
  ///   - onProgress: Is told how far it has come, at every piece.
  init(
    _ file: OpenFile, _ manner: Manner, digest: SHA256Digest? = nil,
    onProgress: @escaping @Sendable (Transfer) throws -> Void
  ) {
    self.file = file
    self.manner = manner
    self.onProgress = onProgress
    state = Mutex(State(position: file.count, digest: digest))
  }

  /// Where the next piece goes.
  var position: Int { state.withLock(\.position) }

  /// The digest of everything so far, as 64 digits; `nil` where none was wanted.
  var digest: String? { state.withLock { $0.digest?.hexText() } }

  /// Pieces come from an offset on.
  /// - Throws: ``FileError``, `ReadFailure`, and what `onProgress` throws.
  func begin(_ head: DownloadHead) throws {
    let transfer = try state.withLock { state in
      guard head.offset <= file.count else {
        throw ReadFailure(
          message: "the server goes on behind a gap, at byte \(head.offset)", remedy: "Try again.")
      }
      state.total = head.total
      if head.offset != state.position, manner == .replacing {
        try file.truncate(to: head.offset)
        if state.digest != nil { state.digest = try SHA256Digest(of: file) }
      }
      state.position = head.offset
      return Transfer(received: head.offset, total: head.total)
    }
    try onProgress(transfer)
  }

  /// The next piece.
  /// - Throws: ``FileError``, `ReadFailure`, and what `onProgress` throws.
  func take(_ piece: Data) throws {
    let transfer = try state.withLock { state in
      try piece.withUnsafeBytes { bytes in
        let known = min(bytes.count, file.count - state.position)
        if known > 0 {
          let old = try file.read(state.position..<state.position + known)
          guard old.elementsEqual(bytes.prefix(known)) else { throw Self.changed }
        }
        let fresh = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(max(0, known)))
        try file.append(fresh)
        state.digest?.update(fresh)
        state.position += bytes.count
      }
      return Transfer(received: state.position, total: state.total)
    }
    try onProgress(transfer)
  }
}

extension Receiver {
  /// Everything has come.
  /// - Throws: `ReadFailure` where it is less than what had come already.
  func finish() throws {
    guard position >= file.count else { throw Self.changed }
  }

  private static let changed = ReadFailure(
    message: "the text has changed on the server while it was read",
    remedy: "Ask for it anew: it is worth another try.")
}

extension SHA256Digest {
  /// The digest of what a file holds.
  /// - Parameters:
  ///   - file: The file.
  ///   - check: Is called between pieces, to stop.
  /// - Throws: ``FileError``, and what `check` throws.
  init(of file: OpenFile, check: () throws -> Void = {}) throws {
    self.init()
    try file.forEachPiece(of: 0..<file.count) { piece in
      try check()
      update(piece)
    }
  }
}
