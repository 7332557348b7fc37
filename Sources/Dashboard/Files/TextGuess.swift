/// Tells files that are no text by what their names end in.
enum TextGuess {
  private static let endings: Set<String> = [
    "7z", "a", "apk", "avi", "bin", "bmp", "br", "bz2", "class", "deb", "dll", "dmg", "docx",
    "dylib", "ear", "eot", "exe", "gif", "gz", "heic", "ico", "iso", "jar", "jpeg", "jpg", "lz4",
    "mkv", "mov", "mp3", "mp4", "nupkg", "o", "ogg", "otf", "pdf", "png", "pptx", "pyc", "rar",
    "rpm", "so", "sqlite", "tar", "tgz", "tiff", "ttf", "war", "wasm", "wav", "webm", "webp",
    "whl", "woff", "woff2", "xlsx", "xz", "zip", "zst",
  ]

  /// Whether a pager could show nothing of a file of this name.
  static func isSurelyNoText(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return false }
    return endings.contains(name[name.index(after: dot)...].lowercased())
  }
}
