/// What GitHub said to a change that it took.
package enum ChangeAnswer: Sendable, Hashable {
  /// It named the run that a dispatch started, and the run's page for people.
  case run(id: Int64, url: String?)
  /// It took the change and named nothing; a dispatch's run shows up in the listing.
  case accepted
}
