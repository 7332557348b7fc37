import Deploys

/// One entry of a zip, as both its directory and its own header tell of it.
struct ZipEntry: Sendable, Equatable {
  let record: ZipRecord
  let header: ZipReader.Header

  var isFolder: Bool { header.kind == .folder }

  /// Its path; the directory's where libarchive can make nothing of the header's.
  var path: String {
    header.path.isEmpty ? String(decoding: record.name, as: UTF8.self) : header.path
  }

  /// Why it is neither opened nor saved; `nil` for an entry that is fit.
  func refusal(_ limits: ArchiveLimits) -> String? {
    if record.name.contains(0) { return "its path holds control characters" }
    if let reason = EntryName.refusal(path) { return reason }
    if case .other(let kind) = header.kind { return "it is \(kind)" }
    if header.isEncrypted { return "it is encrypted" }
    if let complaint = header.complaint {
      let isNameWrong = String(validating: record.name, as: UTF8.self) == nil
      return isNameWrong ? "its path should be UTF-8 and is not" : complaint
    }
    if !isNameConfirmed { return "the archive's directory calls it by another name" }
    if isFolder { return nil }
    if header.size != record.size {
      return "the archive's directory and its own header tell different sizes"
    }
    // libarchive goes by the header alone, and tells what it found there in words only.
    switch (
      record.method, header.packing.hasSuffix("(uncompressed)"),
      header.packing.hasSuffix("(deflation)")
    ) {
    case (0, true, _), (8, _, true): break
    default: return "it is packed in a way that is not opened: only stored and deflated files are"
    }
    return exceeded(limits).map { limit, allowed in
      "it \(limit.words(allowed: allowed)) (\(limit.setting))"
    }
  }

  /// What an operator sees of it.
  func file(_ limits: ArchiveLimits) -> StoredFile {
    let isPlain = header.kind == .file
    return StoredFile(
      path: path, size: isPlain ? record.size : nil, modifiedAt: record.modifiedAt,
      refusal: refusal(limits))
  }

  private func exceeded(_ limits: ArchiveLimits) -> (ArchiveLimit, Int)? {
    if record.size > limits.largestEntry { return (.largestEntry, limits.largestEntry) }
    if record.size > ArchiveLimits.ratioFloor,
      record.size / max(1, limits.largestRatio) > max(1, record.packedSize)
    {
      return (.largestRatio, limits.largestRatio)
    }
    return nil
  }

  /// Whether the directory's name is the header's, as far as that can be said: libarchive composes
  /// characters, turns the backslashes of Windows, and closes a folder's path.
  private var isNameConfirmed: Bool {
    guard !record.hasOtherName, let name = String(validating: record.name, as: UTF8.self) else {
      return true
    }
    func plain(_ path: String) -> String {
      let path = path.replacing("\\", with: "/")
      return path.hasSuffix("/") ? String(path.dropLast()) : path
    }
    return name == header.path || plain(name) == plain(header.path)
  }
}
