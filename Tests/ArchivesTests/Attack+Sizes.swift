import Archives

extension Attack {
  /// A file of zeros, packed as tightly as can be.
  private static func bomb(_ name: String, _ wanted: Int) -> ZipBuilder.Entry {
    let (packed, count) = Deflate.zeros(wanted)
    return ZipBuilder.Entry(name, packed).with {
      $0.method = 8
      $0.size = UInt64(count)
      $0.checksum = 0
    }
  }

  /// A file whose headers tell a size that its data do not have.
  private static func telling(_ size: UInt64, _ entry: ZipBuilder.Entry) -> ZipBuilder.Entry {
    entry.with { $0.size = size }
  }

  /// Files whose data quote the headers of the ones after them, so that all of them end in the same
  /// bytes.
  ///
  /// Source: David Fifield, "A better zip bomb" (2019), the quoted overlap.
  private static var overlapping: [UInt8] {
    let kernel = Deflate.zeros(100_000)
    var data = kernel.packed
    var size = kernel.count
    var entries: [ZipBuilder.Entry] = []
    for index in (0..<4).reversed() {
      var entry = ZipBuilder.Entry("\(index)", data)
      entry.method = 8
      entry.size = UInt64(size)
      entry.checksum = 0
      entries.insert(entry, at: 0)
      // The header of this file, as the one before it quotes it.
      let header = Array(ZipBuilder(entry).bytes.prefix(31))
      data = Deflate.header(header.count, isLast: false) + header + data
      size += header.count
    }
    var offset: UInt64 = 0
    for index in entries.indices.dropFirst() {
      // Its header begins where the one before it begins to quote.
      offset += 31 + 5
      entries[index].toldOffset = offset
      entries[index].isRecordOnly = true
    }
    return ZipBuilder(entries).bytes
  }

  /// Archives that are larger than they look.
  static let sizes: [Attack] = [
    Attack(
      "21 MB of zeros in 20 KB", bomb("zeros", 21_000_000), answer: .entry("zeros", "1000-fold")),
    Attack(
      "a file above the largest size", ZipBuilder.Entry("big", "12345678901"),
      limits: ArchiveLimits(largestEntry: 10), answer: .entry("big", "larger than 10 B")),
    Attack(
      "files above the largest total", ZipBuilder.Entry("a", "123456"),
      ZipBuilder.Entry("b", "123456"), limits: ArchiveLimits(largestTotal: 10),
      answer: .archive("more than 10 B")),
    Attack(
      "sizes whose sum has no room in 64 bits",
      telling(1 << 62, ZipBuilder.Entry("a").with { $0.isZip64 = true }),
      telling(1 << 62, ZipBuilder.Entry("b").with { $0.isZip64 = true }),
      limits: ArchiveLimits(largestTotal: .max), answer: .archive("more than 8 EiB")),
    Attack(
      "a size above 63 bits",
      telling(1 << 63, ZipBuilder.Entry("a").with { $0.isZip64 = true }),
      answer: .archive("directory breaks off")),
    Attack(
      "eleven entries where ten may be", ZipBuilder((0..<11).map { .init("\($0)") }).bytes,
      limits: ArchiveLimits(mostEntries: 10), answer: .archive("more than 10 files")),
    Attack(
      "eleven entries that are told as three",
      {
        var zip = ZipBuilder((0..<11).map { .init("\($0)") })
        zip.toldCount = 3
        return zip.bytes
      }(), answer: .archive("holds 3 entries and holds 11")),
    Attack(
      "files that share one header and its data",
      ZipBuilder(
        [bomb("a", 100_000)]
          + ["b", "c"].map { name in
            bomb(name, 100_000).with {
              $0.toldOffset = 0
              $0.isRecordOnly = true
            }
          }
      ).bytes, answer: .archive("share the same bytes")),
    Attack(
      "files that quote each other's headers", overlapping, answer: .archive("share the same bytes")
    ),
    Attack(
      "a zip in a zip in a zip",
      ZipBuilder.Entry(
        "1.zip", ZipBuilder(.init("2.zip", ZipBuilder(.init("3.txt")).bytes)).bytes),
      answer: .harmless("1.zip", "222 bytes")),
    Attack(
      "deflated data longer than both headers say",
      telling(10, ZipBuilder.Entry("long", "hello hello hello").deflated),
      answer: .reading("long", "wrong size")),
    Attack(
      "1 MB of zeros told as 10 bytes", telling(10, bomb("long", 1_000_000)),
      answer: .reading("long", "longer than it says")),
    Attack(
      "deflated data shorter than both headers say",
      telling(1000, ZipBuilder.Entry("short").deflated), answer: .reading("short", "wrong size")),
    Attack(
      "no data where some are told",
      telling(
        1000,
        ZipBuilder.Entry("short", "").with {
          $0.method = 8
          $0.localSize = 1000
        }), answer: .reading("short", "shorter than it says")),
    Attack(
      "stored data longer than told", telling(3, ZipBuilder.Entry("long", "hello")),
      answer: .reading("long", "longer than it says")),
    Attack(
      "a wrong checksum", ZipBuilder.Entry("bad").with { $0.checksum ^= 1 },
      answer: .reading("bad", "bad CRC")),
    Attack(
      "data that cannot be inflated",
      ZipBuilder.Entry("bad", [0xFF, 0xFF, 0xFF, 0xFF]).with { $0.method = 8 },
      answer: .reading("bad", "decompression failed")),
    Attack(
      "deflated data that break off",
      ZipBuilder.Entry("bad", Array(Deflate.zeros(5000).packed.dropLast(4))).with {
        $0.method = 8
        $0.size = 5000
      }, answer: .reading("bad", "decompression failed")),
  ]
}
