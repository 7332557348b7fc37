/// Judges the paths of files that somebody else has named.
package enum EntryName {
  /// The longest path that systems take, in bytes.
  ///
  /// Source: `PATH_MAX` of Linux; macOS takes a quarter of it.
  package static let longestPath = 4096
  /// The longest part of a path that file systems take, in bytes.
  ///
  /// Source: `NAME_MAX` of Linux and macOS.
  package static let longestPart = 255

  /// Why a file of this path is neither opened nor saved; `nil` for a path that is fit.
  package static func refusal(_ path: String) -> String? {
    let bytes = path.utf8
    if bytes.isEmpty { return "it has no name" }
    if bytes.count > longestPath { return "its path is longer than \(longestPath) bytes" }
    if path.hasPrefix("/") { return "its path is absolute" }
    if let letter = bytes.first, isLetter(letter), bytes.dropFirst().first == UInt8(ascii: ":") {
      return "its path begins with a drive letter"
    }
    if bytes.contains(UInt8(ascii: "\\")) {
      return "its path holds backslashes, which some systems take for folders"
    }
    if path.unicodeScalars.contains(where: isControl) {
      return "its path holds control characters"
    }
    if path.unicodeScalars.contains(where: isDisguise) {
      return "its path holds characters that change the direction of text"
    }
    // A folder's path ends with a separator.
    let whole = path.hasSuffix("/") ? path.dropLast() : path[...]
    for part in whole.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if part.elementsEqual("..".utf8) { return "its path leads out of its folder by a “..” part" }
      if part.elementsEqual(".".utf8) { return "its path has a “.” part" }
      if part.isEmpty { return "its path has an empty part" }
      if part.count > longestPart {
        return "a part of its path is longer than \(longestPart) bytes"
      }
    }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Whether a character makes a name look like another one: overrides and isolates of direction.
  private static func isDisguise(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C: true
    default: false
    }
  }
}
