package import Deploys
import Foundation

/// A zip on disk that is looked into without unpacking it.
///
/// Both reads block, and each opens the file anew; it must not change meanwhile.
package struct ArchiveFile: Sendable, Hashable {
  /// Where it stands.
  package let path: String
  /// How much of it is taken.
  package let limits: ArchiveLimits
  /// What errors call it.
  package let name: String

  /// Names an archive; nothing is read yet.
  ///
  /// Errors call it by `name`, or by the last part of its path where that is `nil`.
  package init(path: String, limits: ArchiveLimits = ArchiveLimits(), name: String? = nil) {
    self.path = path
    self.limits = limits
    self.name = name ?? (path as NSString).lastPathComponent
  }

  /// Every file of the archive, in the order in which they stand in it.
  ///
  /// Folders are listed only where they are not fit, for paths tell of the others. What is neither
  /// opened nor saved says why in `refusal`.
  package func entries() throws(ArchiveError) -> [StoredFile] {
    let list = try list(of: OpenedFile(path: path, name: name))
    return list.filter { !$0.isFolder || $0.file.refusal != nil }.map(\.file)
  }

  /// Unpacks one file, piece by piece, into `body`.
  ///
  /// Pieces that were handed over before an error are to be thrown away: only a return says that
  /// the file is whole and that its checksum fits.
  ///
  /// - Throws: ``ArchiveError``, or whatever `body` throws, which stops the reading.
  package func read(
    _ entry: String, into body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let opened = try OpenedFile(path: path, name: name)
    let list = try list(of: opened)
    let found = list.firstIndex { $0.file.path == entry }
    if let found, let reason = list[found].file.refusal {
      throw ArchiveError.refused(entry, reason: reason)
    }
    guard let index = found, !list[index].isFolder else {
      throw ArchiveError.unknownEntry(entry, archive: name)
    }
    let file = list[index].file
    let reader = try ZipReader(opened, blockSize: 1 << 16)
    for _ in 0...index where try reader.next() == nil {
      throw ArchiveError.damaged(name, reason: "it has changed meanwhile")
    }
    // The size is within the limits; what really comes is held against it, for headers may lie.
    let size = file.size ?? 0
    var count = 0
    func take(_ piece: UnsafeRawBufferPointer) throws {
      guard piece.count <= size - count else {
        throw ArchiveError.damaged(name, reason: "\(entry) is longer than it says")
      }
      count += piece.count
      if !piece.isEmpty { try body(piece) }
    }
    while try reader.readPiece(take) {}
    guard count == size else {
      throw ArchiveError.damaged(name, reason: "\(entry) is shorter than it says")
    }
  }

  /// An entry that has been judged.
  private struct Listed {
    var file: StoredFile
    var isFolder: Bool
  }

  /// Every entry in its order, the folders too.
  private func list(of opened: borrowing OpenedFile) throws(ArchiveError) -> [Listed] {
    let directory = try ZipDirectory(of: opened, limits: limits)
    // libarchive does not take a zip of nothing for one.
    guard !directory.records.isEmpty else { return [] }
    let reader = try ZipReader(opened, blockSize: 1 << 12)
    var list: [Listed] = []
    list.reserveCapacity(directory.records.count)
    var places: [String: Int] = [:]
    var total = 0
    for record in directory.records {
      guard let header = try reader.next() else {
        throw .damaged(name, reason: "fewer entries are found than its directory names")
      }
      let entry = ZipEntry(record: record, header: header)
      var listed = Listed(file: entry.file(limits), isFolder: entry.isFolder)
      if let twin = places.updateValue(list.count, forKey: entry.path),
        list[twin].file.refusal == nil
          || listed.file.refusal == nil
      {
        // Which of the two is meant, readers of zips decide differently.
        let reason = "its path stands in the archive more than once"
        if list[twin].file.refusal == nil { list[twin].file.refusal = reason }
        if listed.file.refusal == nil { listed.file.refusal = reason }
      }
      list.append(listed)
      let (sum, overflow) = total.addingReportingOverflow(record.size)
      guard !overflow, sum <= limits.largestTotal else {
        throw .limit(
          .largestTotal, allowed: limits.largestTotal, subject: name)
      }
      total = sum
    }
    guard try reader.next() == nil else {
      throw .damaged(name, reason: "more entries are found than its directory names")
    }
    return list
  }
}
