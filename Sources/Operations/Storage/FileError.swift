import Deploys
import Foundation

/// Why something could not be done with a file.
struct FileError: Error, Sendable, Hashable {
  /// What was to be done.
  enum Action: String, Sendable {
    case create = "created"
    case open = "opened"
    case read
    case write = "written"
    case rename = "put in place"
    case lock = "locked"
  }

  /// Whom the file is for, which decides what helps.
  enum Purpose: Sendable {
    /// For looking at something; it is in the private folder.
    case looking
    /// For the operator, who has chosen the place.
    case saving
  }

  /// What was to be done.
  var action: Action
  /// With which file.
  var path: String
  /// The system's number for the reason.
  var code: Int32
  /// Whom the file is for.
  var purpose: Purpose

  /// Creates an error from the number that the system has just given.
  init(_ action: Action, _ path: String, code: Int32 = errno, for purpose: Purpose = .saving) {
    self.action = action
    self.path = path
    self.code = code
    self.purpose = purpose
  }

  /// Whether the disk, or the share of it that this user has, is full.
  var isFull: Bool { code == ENOSPC || code == EDQUOT }

  /// The error as screens take it.
  var failure: ReadFailure {
    ReadFailure(
      code == EACCES || code == EPERM ? .denied : .other, message: message, remedy: remedy)
  }

  private var message: String {
    isRefusedByFolder
      ? "no file can be created in \(folder): \(systemReason)"
      : "\(path) cannot be \(action.rawValue): \(reason)"
  }

  /// Whether the folder is there and takes no files, as /proc does.
  private var isRefusedByFolder: Bool {
    var status = stat()
    return action == .create && code == ENOENT && stat(folder, &status) == 0
      && status.st_mode & S_IFMT == S_IFDIR
  }

  private var folder: String {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  private var systemReason: String { "the system says “\(String(cString: strerror(code)))”" }

  private var reason: String {
    switch code {
    case ENOSPC: "the disk is full"
    case EDQUOT: "this user's share of the disk is used up"
    case EACCES, EPERM: "no permission"
    case EROFS: "the file system is read-only"
    case ENOENT: "its folder does not exist"
    case ENOTDIR: "a part of the path is no folder"
    case ENAMETOOLONG: "the name is too long"
    case ELOOP: "it is a symbolic link"
    case EFBIG: "it is larger than this file system or this user's limit allows"
    case EIO: "the disk fails"
    default: String(cString: strerror(code))
    }
  }

  private var remedy: String {
    if purpose == .looking {
      return isFull
        ? "Make room, or set TMPDIR to a folder on another disk."
        : "Set TMPDIR to a folder that you may write to."
    }
    if isRefusedByFolder { return "Choose another folder." }
    return switch code {
    case ENOSPC, EDQUOT: "Make room, or choose a folder on another disk."
    case EACCES, EPERM, EROFS: "Choose a folder that you may write to."
    case ENOENT, ENOTDIR: "Create the folder, or choose another."
    case ENAMETOOLONG: "Choose a shorter name."
    case ELOOP: "Remove the link, or choose another name."
    default: "Choose another place."
    }
  }
}
