import Testing

/// Makes one issue of each finding, so that each is printed on its own, as compilers do.
func report(_ findings: [String], sourceLocation: SourceLocation = #_sourceLocation) {
  for finding in findings {
    Issue.record(Comment(rawValue: finding), sourceLocation: sourceLocation)
  }
}
