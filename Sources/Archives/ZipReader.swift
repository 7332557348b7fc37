import CArchive
import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// libarchive at work on one zip, from its first entry to its last.
struct ZipReader: ~Copyable {
  /// What an entry's own header says.
  struct Header: Sendable, Equatable {
    /// What kind of thing an entry is.
    enum Kind: Sendable, Equatable {
      case file
      case folder
      /// Anything else, in words such as `a symbolic link`.
      case other(String)
    }

    var path: String
    var kind: Kind
    var size: Int?
    var isEncrypted: Bool
    /// How it is packed, in libarchive's words.
    var packing: String
    /// What libarchive complains of; `nil` for nothing.
    var complaint: String?
  }

  private let name: String
  private let archive: OpaquePointer
  /// The locale in which names are read.
  ///
  /// libarchive turns names into the characters of the thread's locale, which it asks for anew at
  /// each archive. Whatever the process has set, names are to come out as UTF-8.
  private let locale: locale_t?

  /// Opens an archive, reading so many bytes at once: few for going from header to header.
  init(_ file: borrowing OpenedFile, blockSize: Int) throws(ArchiveError) {
    guard let archive = archive_read_new() else {
      throw .unreadable(path: file.path, reason: "there is not enough memory")
    }
    file.rewind()
    guard archive_read_support_format_zip_seekable(archive) == ARCHIVE_OK,
      archive_read_open_fd(archive, file.descriptor, blockSize) == ARCHIVE_OK
    else {
      let reason = Self.complaint(archive)
      archive_read_free(archive)
      throw .damaged(file.name, reason: reason)
    }
    self.archive = archive
    name = file.name
    locale =
      newlocale(Self.characterTypes, "C.UTF-8", nil)
      ?? newlocale(Self.characterTypes, "en_US.UTF-8", nil)
  }

  deinit {
    archive_read_free(archive)
    if let locale { freelocale(locale) }
  }

  /// Goes to the next entry; `nil` after the last one.
  func next() throws(ArchiveError) -> Header? {
    let before = locale.map { uselocale($0) }
    defer { if let before { uselocale(before) } }
    var entry: OpaquePointer?
    let result = archive_read_next_header(archive, &entry)
    guard result != ARCHIVE_EOF else { return nil }
    // With a warning, and with an entry that failed, the archive can be read on.
    guard result == ARCHIVE_OK || result == ARCHIVE_WARN || result == ARCHIVE_FAILED, let entry
    else { throw .damaged(name, reason: Self.complaint(archive)) }
    return Header(
      path: Self.name(of: entry), kind: Self.kind(of: entry),
      size: archive_entry_size_is_set(entry) != 0
        ? Int(exactly: archive_entry_size(entry)) : nil,
      isEncrypted: archive_entry_is_encrypted(entry) != 0,
      packing: archive_format_name(archive).map { String(cString: $0) } ?? "",
      complaint: result == ARCHIVE_OK ? nil : Self.complaint(archive))
  }

  /// Hands over the next piece of the entry's data.
  /// - Returns: Whether there was one.
  func readPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
    var buffer: UnsafeRawPointer?
    var count = 0
    var offset: la_int64_t = 0
    let result = archive_read_data_block(archive, &buffer, &count, &offset)
    guard result != ARCHIVE_EOF else { return false }
    guard result == ARCHIVE_OK else {
      throw ArchiveError.damaged(name, reason: Self.complaint(archive))
    }
    try body(UnsafeRawBufferPointer(start: buffer, count: count))
    return true
  }

  /// The part of a locale that says how characters are written.
  private static let characterTypes = LC_CTYPE_MASK

  private static func name(of entry: OpaquePointer) -> String {
    // Bytes that are no UTF-8 become U+FFFD.
    if let name = archive_entry_pathname(entry) { return String(cString: name) }
    return archive_entry_pathname_utf8(entry).map { String(cString: $0) } ?? ""
  }

  private static func kind(of entry: OpaquePointer) -> Header.Kind {
    if archive_entry_hardlink(entry) != nil { return .other("a hard link") }
    // The words of <sys/stat.h>, which libarchive repeats with casts that are not imported.
    return switch UInt32(archive_entry_filetype(entry)) & 0o170000 {
    case 0o100000: .file
    case 0o040000: .folder
    case 0o120000: .other("a symbolic link")
    case 0o020000: .other("a character device")
    case 0o060000: .other("a block device")
    case 0o140000: .other("a socket")
    default: .other("neither a file nor a folder")
    }
  }

  private static func complaint(_ archive: OpaquePointer) -> String {
    guard let text = archive_error_string(archive) else { return "libarchive does not say why" }
    return
      "libarchive says “\(String(cString: text).trimmingCharacters(in: .whitespacesAndNewlines))”"
  }
}
