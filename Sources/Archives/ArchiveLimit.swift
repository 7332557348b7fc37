import Deploys

/// One of the ``ArchiveLimits``, as an error names it.
package enum ArchiveLimit: String, Sendable, Hashable, CaseIterable {
  /// ``ArchiveLimits/largestEntry``.
  case largestEntry
  /// ``ArchiveLimits/largestTotal``.
  case largestTotal
  /// ``ArchiveLimits/mostEntries``.
  case mostEntries
  /// ``ArchiveLimits/largestRatio``.
  case largestRatio

  /// The key of the configuration file that sets it.
  package var setting: String {
    switch self {
    case .largestEntry: "files.largest_mib"
    case .largestTotal: "files.largest_total_mib"
    case .mostEntries: "files.most_entries"
    case .largestRatio: "files.largest_ratio"
    }
  }

  /// What is exceeded, in words that fit after a subject.
  func words(allowed: Int) -> String {
    switch self {
    case .largestEntry: "is larger than \(allowed.byteText) when unpacked"
    case .largestTotal: "holds more than \(allowed.byteText) when unpacked"
    case .mostEntries: "holds more than \(allowed) files and folders"
    case .largestRatio: "grows more than \(allowed)-fold when unpacked, as zip bombs do"
    }
  }
}
