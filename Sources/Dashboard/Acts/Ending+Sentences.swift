extension Ending {
  /// The message and its remedy in one line, as two sentences.
  var sentences: String { Sentences.joined(message, remedy) }
}
