import Foundation

extension StateDatabase {
  /// Whether there is a database, told without making one.
  /// - Parameter path: The file, as for ``open(at:origin:patience:now:)``.
  /// - Returns: `false` where there is none yet, and one could be made.
  /// - Throws: ``StoreError`` where there could be none: nothing can be written down there, so that
  ///   its absence says nothing.
  package static func exists(at path: String) throws(StoreError) -> Bool {
    var facts = stat()
    if lstat(path, &facts) == 0 { return true }
    let failure = errno
    guard failure == ENOENT else { throw .unwritable(file: path, reason: systemReason(failure)) }
    let folder = (path as NSString).deletingLastPathComponent
    var place = folder
    while stat(place, &facts) != 0 {
      let parent = (place as NSString).deletingLastPathComponent
      guard errno == ENOENT, parent != place, !parent.isEmpty else {
        throw .folder(path: folder, reason: systemReason(errno))
      }
      place = parent
    }
    // What a system says of permissions is not all: only an attempt tells. This one leaves nothing.
    var name = Array((place + "/.cdtop-" + String(repeating: "X", count: 6)).utf8CString)
    guard mkdtemp(&name) != nil else { throw .folder(path: folder, reason: systemReason(errno)) }
    rmdir(name)
    return false
  }
}
