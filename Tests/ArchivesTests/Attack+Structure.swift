import Archives

extension Attack {
  private static let plain = ZipBuilder(.init("a.txt"), .init("b/c.txt", "more"))

  private static func changed(_ zip: ZipBuilder, _ change: (inout ZipBuilder) -> Void) -> [UInt8] {
    var zip = zip
    change(&zip)
    return zip.bytes
  }

  /// Directories that lie, and archives of unusual form.
  static let structures: [Attack] = [
    Attack(
      "a size in the directory that the header contradicts",
      ZipBuilder.Entry("a.txt").with { $0.localSize = 5 }, answer: .entry("a.txt", "Inconsistent")),
    Attack(
      "a checksum in the directory that the header contradicts",
      ZipBuilder.Entry("a.txt").with { $0.localChecksum = 1 },
      answer: .entry("a.txt", "Inconsistent")),
    Attack(
      "a packed size in the directory that the header contradicts",
      ZipBuilder.Entry("a.txt").with { $0.toldPackedSize = 3 },
      answer: .entry("a.txt", "Inconsistent")),
    Attack(
      "LZMA in the header, deflate in the directory",
      ZipBuilder.Entry("a.txt").deflated.with { $0.localMethod = 14 },
      answer: .entry("a.txt", "not opened")),
    Attack(
      "a file packed by LZMA", ZipBuilder.Entry("a.txt").with { $0.method = 14 },
      answer: .entry("a.txt", "not opened")),
    Attack(
      "a file packed by no known method", ZipBuilder.Entry("a.txt").with { $0.method = 77 },
      answer: .entry("a.txt", "not opened")),
    Attack(
      "an encrypted file", ZipBuilder.Entry("a.txt", "0123456789abcdef").with { $0.flags |= 1 },
      answer: .entry("a.txt", "encrypted")),
    Attack(
      "a file encrypted by AES",
      ZipBuilder.Entry("a.txt", "0123456789abcdef").with {
        $0.flags |= 1
        $0.method = 99
      }, answer: .entry("a.txt", "encrypted")),
    Attack(
      "a directory that points into the middle of data",
      ZipBuilder.Entry("a.txt", "0123456789").with { $0.toldOffset = 4 },
      answer: .archive("damaged")),
    Attack(
      "a directory that points beyond itself",
      ZipBuilder.Entry("a.txt").with { $0.toldOffset = 10_000 },
      answer: .archive("beyond its directory")),
    Attack(
      "an offset of 2⁶³ - 1",
      ZipBuilder.Entry("a.txt").with {
        $0.isZip64 = true
        $0.toldOffset = UInt64(Int64.max)
      }, answer: .archive("beyond its directory")),
    Attack(
      "a packed size of 2⁶³ - 1",
      ZipBuilder.Entry("a.txt").with {
        $0.isZip64 = true
        $0.toldPackedSize = UInt64(Int64.max)
      }, answer: .archive("beyond its directory")),
    Attack(
      "one part of several", changed(plain) { $0.disk = 3 }, answer: .archive("one part of several")
    ),
    Attack(
      "a zip64 directory that tells 2⁶⁰ entries",
      changed(plain) {
        $0.isZip64 = true
        $0.toldCount = 1 << 60
      }, answer: .archive("1152921504606846976 entries")),
    Attack(
      "a zip64 directory that is not there",
      {
        var bytes = changed(plain) { $0.isZip64 = true }
        bytes[bytes.count - 22 - 8] ^= 1
        return bytes
      }(), answer: .archive("zip64")),
    Attack(
      "a directory that breaks off within a record",
      {
        var bytes = plain.bytes
        // The length of the last record's comment.
        bytes[bytes.count - 22 - 7 - 14] = 0xFF
        return bytes
      }(), answer: .archive("directory breaks off")),
    Attack(
      "a zip that lost its last byte", Array(plain.bytes.dropLast()),
      answer: .archive("was cut off")),
    Attack(
      "a zip of which half is there", Array(plain.bytes.prefix(plain.bytes.count / 2)),
      answer: .archive("was cut off")),
    Attack(
      "a zip that lost its first bytes", Array(plain.bytes.dropFirst(10)),
      answer: .archive("begin beyond what there is")),
    Attack(
      "an end hidden behind a comment of 20,000 bytes",
      changed(plain) { $0.comment = [UInt8](repeating: 32, count: 20_000) },
      answer: .archive("directory at its end is missing")),
    Attack(
      "a second end in the comment",
      changed(plain) { $0.comment = ZipBuilder(.init("other.txt")).bytes },
      answer: .harmless("other.txt", "6 bytes")),
    Attack(
      "a program before the archive",
      changed(plain) { $0.prefix = Array("#!/bin/sh\nexit\n".utf8) },
      answer: .harmless("a.txt", "6 bytes")),
    Attack(
      "a login page", Array("\n<!DOCTYPE html><html><head><title>Sign in".utf8),
      answer: .archive("begins like an HTML page")),
    Attack(
      "a refusal in XML", Array("<?xml version=\"1.0\"?><Error><Code>AccessDenied".utf8),
      answer: .archive("XML document")),
    Attack(
      "a refusal in JSON", Array("{\"message\":\"Not Found\"}".utf8), answer: .archive("JSON")),
    Attack("a gzip file", [0x1F, 0x8B, 8, 0], answer: .archive("gzip")),
    Attack(
      "other text", Array("upstream timed out".utf8), answer: .archive("“upstream timed out”")),
    Attack("other bytes", [0, 1, 2, 0xFE], answer: .archive("00 01 02 fe")),
    Attack("an empty file", [], answer: .archive("is empty")),
  ]

  /// Everything that was tried.
  static let all = names + sizes + structures
}
