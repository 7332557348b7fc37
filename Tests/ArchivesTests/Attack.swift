import Archives
import Deploys
import Foundation
import Testing

/// An archive that nobody means well with, and the answer to it.
struct Attack: Sendable, CustomTestStringConvertible {
  enum Answer: Sendable {
    /// The whole archive is refused with these words.
    case archive(String)
    /// The entry of this path is listed, and refused with these words.
    case entry(String, String)
    /// The entry of this path is listed as fit; reading it ends with these words.
    case reading(String, String)
    /// The entry of this path is listed as fit and reads as this, for there is no harm in it.
    case harmless(String, String)
  }

  var name: String
  var bytes: [UInt8]
  var answer: Answer
  var limits = ArchiveLimits()

  init(
    _ name: String, _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits(), answer: Answer
  ) {
    self.name = name
    self.bytes = bytes
    self.answer = answer
    self.limits = limits
  }

  init(
    _ name: String, _ entries: ZipBuilder.Entry..., limits: ArchiveLimits = ArchiveLimits(),
    answer: Answer
  ) {
    self.init(name, ZipBuilder(entries).bytes, limits: limits, answer: answer)
  }

  var testDescription: String { name }

  /// What really happens, in words.
  func outcome() throws -> String {
    try withFile(bytes) { path in
      let archive = ArchiveFile(path: path, limits: limits)
      do {
        let entries = try archive.entries()
        guard let wanted, let entry = entries.first(where: { $0.path == wanted }) else {
          return "lists \(entries.map(\.path))"
        }
        var count = 0
        do {
          try archive.read(entry.path) { count += $0.count }
          return "opened: \(count) bytes"
        } catch let error as ArchiveError {
          // What is listed as unfit is not opened either, and for the same reason.
          if let refusal = entry.refusal {
            return error == .refused(entry.path, reason: refusal) ? "refused: \(refusal)" : "?"
          }
          return "reading stops: \(error.message)"
        }
      } catch let error as ArchiveError {
        return "archive refused: \(error.message)"
      }
    }
  }

  private var wanted: String? {
    switch answer {
    case .archive: nil
    case .entry(let path, _), .reading(let path, _), .harmless(let path, _): path
    }
  }

  /// Whether an outcome is the answer.
  func isAnswered(by outcome: String) -> Bool {
    switch answer {
    case .archive(let words): outcome.hasPrefix("archive refused: ") && outcome.contains(words)
    case .entry(_, let words): outcome.hasPrefix("refused: ") && outcome.contains(words)
    case .reading(_, let words): outcome.hasPrefix("reading stops: ") && outcome.contains(words)
    case .harmless(_, let words): outcome.hasPrefix("opened: ") && outcome.contains(words)
    }
  }
}

/// Runs some work with bytes in a file that is gone afterwards.
func withFile<T>(_ bytes: [UInt8], _ work: (String) throws -> T) throws -> T {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "archive-\(UUID().uuidString).zip").path
  try Data(bytes).write(to: URL(filePath: path))
  defer { unlink(path) }
  return try work(path)
}
