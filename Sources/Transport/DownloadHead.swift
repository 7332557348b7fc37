/// What is known of a download before its pieces come.
package struct DownloadHead: Sendable, Hashable {
  /// Where the pieces begin, in bytes; 0 also where the server did not go on from where it should.
  package var offset: Int
  /// The size of the whole in bytes; `nil` where the server does not say.
  package var total: Int?
  /// The entity tag that a later request may go on with; `nil` where there is no strong one.
  package var validator: String?

  /// Creates a head.
  package init(offset: Int, total: Int? = nil, validator: String? = nil) {
    self.offset = offset
    self.total = total
    self.validator = validator
  }
}
