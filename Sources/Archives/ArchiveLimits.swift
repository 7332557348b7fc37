/// How much of an archive is taken.
///
/// An archive may claim anything about itself, so every limit is
/// held against the bytes that really come out of it, too.
package struct ArchiveLimits: Sendable, Hashable {
  /// The largest file that is opened or saved, in bytes when unpacked.
  package var largestEntry: Int
  /// The largest sum of all files, in bytes when unpacked, of an archive that is looked into.
  package var largestTotal: Int
  /// The most files and folders of an archive that is looked into.
  package var mostEntries: Int
  /// How many bytes one packed byte may become, for files above ``ratioFloor``.
  package var largestRatio: Int

  /// The unpacked size in bytes up to which no ratio is looked at: a log of blanks packs very
  /// well and harms nobody.
  package static let ratioFloor = 16 << 20

  /// Creates limits; the ones that are left out are fit for the artifacts that GitHub takes.
  package init(
    largestEntry: Int = 1 << 30, largestTotal: Int = 4 << 30, mostEntries: Int = 100_000,
    largestRatio: Int = 1_000
  ) {
    self.largestEntry = largestEntry
    self.largestTotal = largestTotal
    self.mostEntries = mostEntries
    self.largestRatio = largestRatio
  }
}
