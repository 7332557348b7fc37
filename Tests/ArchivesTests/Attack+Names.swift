import Foundation

extension Attack {
  private static func named(_ name: String, _ words: String) -> Attack {
    Attack(
      "path \(printable(name))", ZipBuilder.Entry(name), ZipBuilder.Entry("fine.txt"),
      answer: .entry(name, words))
  }

  private static func printable(_ name: String) -> String {
    let text = name.unicodeScalars.map {
      $0.value < 32 || $0.value > 126 ? $0.escaped(asASCII: true) : "\($0)"
    }
    .joined()
    return text.count > 40 ? "\(text.prefix(20))… (\(name.utf8.count) bytes)" : "“\(text)”"
  }

  private static func special(_ kind: String, _ mode: UInt32, _ answer: Answer) -> Attack {
    Attack(
      "\(kind)", ZipBuilder.Entry("odd", "/etc/passwd").with { $0.mode = mode }, answer: answer)
  }

  /// Paths that lead somewhere else, or are none.
  static let names: [Attack] = [
    named("../../etc/cron.d/job", "“..” part"),
    named("logs/../../../.ssh/authorized_keys", "“..” part"),
    named("/etc/passwd", "absolute"),
    named("//server/share", "absolute"),
    named("C:/Windows/system.dll", "drive letter"),
    named("c:evil.txt", "drive letter"),
    named("logs\\today.txt", "backslashes"),
    named("..\\..\\evil.bat", "backslashes"),
    Attack(
      "path “..\\..\\evil.bat” made on Windows",
      ZipBuilder.Entry("..\\..\\evil.bat").with { $0.system = 0 },
      answer: .entry("../../evil.bat", "“..” part")),
    Attack(
      "path “logs\\today.txt” made on Windows",
      ZipBuilder.Entry("logs\\today.txt").with { $0.system = 0 },
      answer: .harmless("logs/today.txt", "6 bytes")),
    named("", "no name"),
    named(".", "“.” part"),
    named("./a.txt", "“.” part"),
    named("a//b.txt", "empty part"),
    Attack(
      "a NUL in the path",
      ZipBuilder.Entry(bytes: Array("report.txt\u{0}.exe".utf8), [1, 2, 3]),
      answer: .entry("report.txt", "control characters")),
    named("a\u{1B}[2Jb.txt", "control characters"),
    named("two\nlines.txt", "control characters"),
    named("gpj.\u{202E}exe", "direction of text"),
    named(String(repeating: "d/", count: 2100) + "x", "longer than 4096 bytes"),
    named(String(repeating: "한", count: 90) + ".txt", "longer than 255 bytes"),
    Attack(
      "folder “../up/”",
      ZipBuilder.Entry("../up/", "").with { $0.mode = 0o040755 },
      answer: .entry("../up/", "“..” part")),
    Attack(
      "bytes that are no UTF-8, marked as UTF-8",
      ZipBuilder.Entry(bytes: [0xB0, 0xA1, 0x2E, 0x61], [1]),
      answer: .entry("\u{FFFD}\u{FFFD}.a", "should be UTF-8")),
    Attack(
      "bytes that are no UTF-8, not marked",
      ZipBuilder.Entry(bytes: [0xB0, 0xA1, 0x2E, 0x61], [1]).with { $0.flags = 0 },
      answer: .harmless("\u{FFFD}\u{FFFD}.a", "1 bytes")),
    Attack(
      "the same path twice", ZipBuilder.Entry("a.txt", "good"), ZipBuilder.Entry("a.txt", "evil"),
      answer: .entry("a.txt", "more than once")),
    Attack(
      "the same path composed and decomposed", ZipBuilder.Entry("가.txt", "good"),
      ZipBuilder.Entry("\u{1100}\u{1161}.txt", "evil"), answer: .entry("가.txt", "more than once")),
    Attack(
      "paths that differ by case only", ZipBuilder.Entry("README"), ZipBuilder.Entry("readme", "x"),
      answer: .harmless("readme", "1 bytes")),
    Attack(
      "a file where another one has a folder", ZipBuilder.Entry("a"), ZipBuilder.Entry("a/b", "x"),
      answer: .harmless("a/b", "1 bytes")),
    Attack(
      "a second name in an extra field",
      ZipBuilder.Entry("ok.txt").with {
        $0.localExtra = ZipBuilder.unicodePath("../evil.txt", over: "ok.txt")
        $0.directoryExtra = $0.localExtra
        $0.flags = 0
      }, answer: .entry("../evil.txt", "“..” part")),
    Attack(
      "another name in the file's own header",
      ZipBuilder.Entry("ok.txt").with { $0.localName = Array("no.txt".utf8) },
      answer: .entry("no.txt", "another name")),
    special("a symbolic link to /etc/passwd", 0o120777, .entry("odd", "symbolic link")),
    Attack(
      "a deflated symbolic link",
      ZipBuilder.Entry("odd", "/etc/passwd").deflated.with { $0.mode = 0o120777 },
      answer: .entry("odd", "symbolic link")),
    Attack(
      "a symbolic link of 70,000 bytes",
      ZipBuilder.Entry("odd", [UInt8](repeating: 65, count: 70_000)).with { $0.mode = 0o120777 },
      answer: .archive("oversized link")),
    special("a character device", 0o020666, .entry("odd", "character device")),
    special("a block device", 0o060666, .entry("odd", "block device")),
    special("a socket", 0o140666, .entry("odd", "socket")),
    special("a pipe, which libarchive takes for a file", 0o010666, .harmless("odd", "11 bytes")),
  ]
}
