import Canvas
import Foundation
import Testing

/// Compares a frame with the one on file, as text and as styles.
///
/// `RECORD_SNAPSHOTS=1` writes the files anew; a missing file is a failure otherwise.
func expectGolden(
  _ frame: Frame, _ name: String, at place: SourceLocation = #_sourceLocation
) {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots/\(name).frame")
  let cursor = frame.cursor.map { "cursor \($0.column),\($0.row)" } ?? "no cursor"
  let text =
    (frame.lines + ["~~~ \(frame.size.columns)x\(frame.size.rows), \(cursor)"]
    + frame.stylePlane).joined(separator: "\n") + "\n"
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    do {
      try Data(text.utf8).write(to: file)
    } catch {
      Issue.record("cannot write \(file.lastPathComponent): \(error)", sourceLocation: place)
    }
    return
  }
  guard let data = try? Data(contentsOf: file) else {
    Issue.record(
      "\(file.lastPathComponent) is missing: run with RECORD_SNAPSHOTS=1", sourceLocation: place)
    return
  }
  let kept = String(decoding: data, as: UTF8.self)
  guard kept != text else { return }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let keptLines = kept.split(separator: "\n", omittingEmptySubsequences: false)
  let index = zip(lines, keptLines).enumerated().first { $0.element.0 != $0.element.1 }?.offset
  let at = index ?? min(lines.count, keptLines.count)
  let new = at < lines.count ? lines[at] : "(nothing)"
  let old = at < keptLines.count ? keptLines[at] : "(nothing)"
  Issue.record(
    "\(name) differs first in line \(at + 1)\n  on file: \(old)\n  now:     \(new)",
    sourceLocation: place)
}
