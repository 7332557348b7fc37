package import Deploys

/// Why an archive, or a file in it, cannot be read.
package enum ArchiveError: Error, Sendable, Hashable {
  /// The file on disk cannot be read at all; the system's reason.
  case unreadable(path: String, reason: String)
  /// The file is something else than a zip; what it begins with, in words.
  case notArchive(String, beginning: String)
  /// It is a zip of which parts are missing; what is missing.
  case cutOff(String, reason: String)
  /// It is a zip whose parts contradict each other; what was found.
  case damaged(String, reason: String)
  /// A limit was exceeded; `subject` is the archive's name or a path in it.
  case limit(ArchiveLimit, allowed: Int, subject: String)
  /// The archive has no file of this name.
  case unknownEntry(String, archive: String)
  /// The archive has this file, but it is neither opened nor saved, and why.
  case refused(String, reason: String)

  /// What failed and why, in words for a person.
  package var message: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    case .notArchive(let name, let beginning): "\(name) is no zip: it \(beginning)."
    case .cutOff(let name, let reason): "\(name) is a zip that was cut off: \(reason)."
    case .damaged(let name, let reason): "\(name) is a damaged zip: \(reason)."
    case .limit(let limit, let allowed, let subject): "\(subject) \(limit.words(allowed: allowed))."
    case .unknownEntry(let entry, let archive): "\(archive) holds no file \(entry)."
    case .refused(let entry, let reason): "\(entry) is neither opened nor saved: \(reason)."
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .unreadable: "Check that the file is there and may be read."
    case .notArchive: "Check who answers the download: a proxy may have put its own page there."
    case .cutOff: "Download it again."
    case .damaged:
      "Download it again; if it stays so, download the whole file and look at it with care."
    case .limit(let limit, _, _):
      "If the archive is to be trusted, raise \(limit.setting) in the configuration."
    case .unknownEntry: "List its files to see their names."
    case .refused: "Download the whole artifact and unpack it with care."
    }
  }

  /// The same in the form that screens take.
  package var failure: ReadFailure { ReadFailure(message: message, remedy: remedy) }
}
