import Deploys
import Foundation

/// Where something is saved.
struct Destination: Sendable, Hashable {
  /// The folder.
  var folder: String
  /// The name in it.
  var name: String
  /// Whether something stands there already.
  var exists: Bool

  /// The whole path.
  var path: String { Self.path(folder, name) }

  /// Finds out what a path that an operator has typed means.
  /// - Parameters:
  ///   - text: The path; `~/` is the home folder, a folder means a file in it.
  ///   - standard: The name of the file in a folder.
  ///   - home: The home folder.
  /// - Throws: `ReadFailure` or ``FileError`` where nothing can be saved there.
  init(_ text: String, standard: String, home: String) throws {
    var path = text
    if path == "~" || path.hasPrefix("~/") { path = home + path.dropFirst() }
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw ReadFailure(message: "no file is named", remedy: "Type the path of a file.")
    }
    if !path.hasPrefix("/") { path = "\(FileManager.default.currentDirectoryPath)/\(path)" }
    let namesFolder = path.hasSuffix("/")
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }

    if Self.kind(of: path, following: true) == S_IFDIR {
      folder = path
      name = standard
    } else if namesFolder {
      throw Self.noFolder(path)
    } else {
      let slash = path.lastIndex(of: "/") ?? path.startIndex
      folder = slash == path.startIndex ? "/" : String(path[..<slash])
      name = String(path[path.index(after: slash)...])
    }
    guard name != ".", name != ".." else {
      throw ReadFailure(message: "\(text) is no name of a file", remedy: "Choose another name.")
    }
    guard Self.kind(of: folder, following: true) == S_IFDIR else { throw Self.noFolder(folder) }
    exists = false
    guard name.utf8.count <= 255 else {
      throw FileError(.create, self.path, code: ENAMETOOLONG)
    }
    guard let kind = Self.kind(of: self.path, following: false) else { return }
    exists = true
    guard kind == S_IFREG || kind == S_IFLNK else {
      throw ReadFailure(
        message: "\(self.path) is no ordinary file", remedy: "Choose another name.")
    }
  }

  /// How much the disk takes before it is full; `nil` where it does not say.
  var room: Int? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0, status.f_blocks > 0 else { return nil }
    let (room, isHuge) = Int(clamping: status.f_bavail)
      .multipliedReportingOverflow(by: Int(clamping: status.f_frsize))
    return isHuge ? nil : room
  }

  /// Stops before something is begun that the disk has no room for.
  /// - Throws: `ReadFailure`.
  func checkRoom(for bytes: Int) throws {
    guard let room, room < bytes else { return }
    throw ReadFailure(
      message: "the disk of \(folder) has room for \(room.bytesText), and \(name) takes "
        + bytes.bytesText,
      remedy: "Make room, or choose a folder on another disk.")
  }

  private static func noFolder(_ path: String) -> ReadFailure {
    ReadFailure(
      message: kind(of: path, following: true) == nil
        ? "there is no folder \(path)" : "\(path) is no folder",
      remedy: "Create it first, or choose another.")
  }

  private static func kind(of path: String, following: Bool) -> mode_t? {
    var status = stat()
    guard (following ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }
}

extension Int {
  /// A number of bytes in the largest unit that leaves at least one.
  fileprivate var bytesText: String {
    var value = Double(self)
    var units = ["bytes", "KiB", "MiB", "GiB", "TiB"][...]
    while value >= 1024, units.count > 1 {
      value /= 1024
      units.removeFirst()
    }
    return "\(value.formatted(.number.precision(.fractionLength(0...1)))) \(units.first ?? "")"
  }
}
