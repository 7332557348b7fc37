import ArgumentParser
import Canvas
import Dashboard
import Deploys
import Foundation
import Polling
import Settings
import Transport

/// Draws the board once, into a file.
struct BoardPicture {
  private let size: Size
  private let glyphs: GlyphSet

  private static let title = "cdtop"

  /// - Throws: A validation error where the size is not `COLUMNSxROWS`.
  init(size text: String, look: LookOptions) throws {
    let parts = text.lowercased().split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, (40...500).contains(parts[0]), (10...200).contains(parts[1]) else {
      throw ValidationError("--size \(text): write COLUMNSxROWS, at least 40x10")
    }
    size = Size(columns: parts[0], rows: parts[1])
    glyphs = look.ascii ? .ascii : .unicode
  }

  /// The picture's file.
  static func file(at path: String, isForced: Bool) -> GivenFile {
    GivenFile(
      path: path, mark: "<title>\(title)</title>", isForced: isForced, permissions: 0o666)
  }

  /// Waits until everything was asked once, and writes the board as SVG.
  /// - Throws: An exit code where the file cannot be written, after having said so.
  func write(to file: GivenFile, of session: Session) async throws {
    let snapshot = await session.poller.settle(until: Date().addingTimeInterval(30))
    await session.transport.shutdown()
    var model = Model(
      snapshot: .empty(session.configuration.environments, at: snapshot.takenAt),
      context: "demo", glyphs: glyphs, timeZone: .current, now: snapshot.takenAt)
    for message in [Message.resized(size), .snapshot(snapshot), .tick(snapshot.takenAt)] {
      _ = update(&model, message)
    }
    try file.write(view(model).svg(theme: .standard, title: Self.title))
  }
}
