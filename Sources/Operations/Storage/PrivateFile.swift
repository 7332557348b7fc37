import Foundation

/// A file of a ``PrivateFolder``, removed with its last reference.
final class PrivateFile: Sendable {
  /// Its bytes.
  let bytes: OpenFile
  private let name: String
  private let folder: PrivateFolder

  /// Takes over a file that the folder has made.
  init(_ bytes: OpenFile, name: String, in folder: PrivateFolder) {
    self.bytes = bytes
    self.name = name
    self.folder = folder
  }

  deinit { folder.remove(name) }

  /// Where it stands.
  var path: String { bytes.path }

  /// How many bytes it holds.
  var count: Int { bytes.count }
}
