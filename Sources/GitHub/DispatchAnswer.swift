/// What GitHub said to a dispatch.
package enum DispatchAnswer: Sendable, Hashable {
  /// It named the run that it started, and the run's page for people.
  case run(id: Int64, url: String?)
  /// It took the dispatch without naming a run; the run shows up in the listing.
  case accepted
}
