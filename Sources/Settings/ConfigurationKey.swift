/// One key of the configuration file: how it is read, checked, explained and shown by example.
///
/// ``all`` is the one table of keys. The reader, the messages about unknown keys, the reference
/// and the commented example are made from it.
package struct ConfigurationKey: Sendable, Hashable {
  /// What may stand behind a key.
  package enum Kind: Sendable, Hashable {
    /// A mapping whose keys are in the table too.
    case section
    /// A list of such mappings.
    case sections
    /// Text, with a word for what it is.
    case text(String)
    /// A list of texts, with a word for what each is.
    case texts(String)
    /// True or false.
    case flag
    /// A whole number within bounds.
    case whole(ClosedRange<Int>)
    /// One of several words.
    case word([String])
  }

  /// Whether the key must be written.
  package enum Presence: Sendable, Hashable {
    /// The file is refused without it.
    case required
    /// It may be left out, and most files have it: the example shows it switched on.
    case usual
    /// It may be left out: the example shows it commented out.
    case optional
  }

  /// Where the key stands; `[]` marks the items of a list, as in `environments[].aws.region`.
  package let path: String
  /// What may stand behind it.
  package let kind: Kind
  /// Whether it must be written.
  package let presence: Presence
  /// What counts where it is left out, in words or as it would be written.
  ///
  /// `nil` for a required key, and for a section whose keys have defaults of their own.
  package let standard: String?
  /// What it does, in one or two sentences.
  package let summary: String
  /// A value as it would be written; empty for a section.
  package let example: String

  init(
    _ path: String, _ kind: Kind, _ presence: Presence = .optional, standard: String? = nil,
    _ summary: String, example: String = ""
  ) {
    self.path = path
    self.kind = kind
    self.presence = presence
    self.standard = standard
    self.summary = summary
    self.example = example
  }

  /// The last word of the path.
  package var name: String { path.split(separator: ".").last.map(String.init) ?? path }

  /// The path of the section that the key stands in; empty at the top of the file.
  package var parent: String { String(path.dropLast(name.count + 1)) }

  /// Whether keys of its own stand in it.
  var isSection: Bool {
    switch kind {
    case .section, .sections: true
    case .text, .texts, .flag, .whole, .word: false
    }
  }

  /// The path under which the keys of this section stand.
  var inside: String {
    switch kind {
    case .sections: path + "[]"
    case .section, .text, .texts, .flag, .whole, .word: path
    }
  }

  /// The keys of a section, in the table's order.
  static func keys(in parent: String) -> [ConfigurationKey] { all.filter { $0.parent == parent } }
}

extension ConfigurationKey.Kind {
  /// What may stand there, in words for the reference and for messages.
  package var description: String {
    switch self {
    case .section: "a section"
    case .sections: "a list of sections"
    case .text(let word): word
    case .texts(let word): "a list of \(word)"
    case .flag: "`true` or `false`"
    case .whole(let bounds): "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    }
  }
}
