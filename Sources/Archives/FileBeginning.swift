/// Says what a file is that should have been a zip.
enum FileBeginning {
  /// Words that fit after the file's name, such as `begins like an HTML page`.
  static func words(_ bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "is empty" }
    for (signature, name) in signatures where bytes.starts(with: signature) {
      return "begins like \(name)"
    }
    if bytes.count >= 262, bytes[257..<262].elementsEqual("ustar".utf8) {
      return "begins like a tar archive"
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = String(decoding: bytes[start...].prefix(400), as: UTF8.self)
    let trimmed = text.drop(while: \.isWhitespace)
    let lower = trimmed.lowercased()
    if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") || lower.contains("<head") {
      return "begins like an HTML page, such as a login page"
    }
    if lower.hasPrefix("<?xml") || lower.hasPrefix("<error") {
      return "begins like an XML document, such as a server's refusal"
    }
    if lower.hasPrefix("{") || lower.hasPrefix("[") {
      return "begins like a JSON document, such as a server's refusal"
    }
    let isText = !bytes.prefix(64).contains { $0 < 0x09 || (0x0E..<0x20).contains($0) }
    if isText, !trimmed.isEmpty {
      let line = trimmed.prefix { !$0.isNewline }
      return "begins with the text “\(line.prefix(40))”"
    }
    let digits = bytes.prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "begins with the bytes \(digits.joined(separator: " "))"
  }

  private static let signatures: [([UInt8], String)] = [
    ([0x1F, 0x8B], "a gzip file"),
    (Array("7z".utf8) + [0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive"),
    (Array("Rar!".utf8), "a RAR archive"),
    ([0xFD] + Array("7zXZ".utf8), "an xz file"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file"),
    (Array("BZh".utf8), "a bzip2 file"),
    ([0x7F] + Array("ELF".utf8), "a program"),
    (Array("%PDF".utf8), "a PDF document"),
    ([0x89] + Array("PNG".utf8), "a PNG picture"),
  ]
}
