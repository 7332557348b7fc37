/// How much of an archive is taken.
package struct ArchiveLimits: Sendable, Hashable {
  /// Creates limits.
  package init() {}
}
