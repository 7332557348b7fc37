/// One pass over a text, which leaves behind what `PlainText` promises.
struct Sanitizer {
  /// The most marks upon one character; ncurses keeps four beside the character itself.
  static let markLimit = 4
  /// The most pictures joined into one; the longest that Unicode recommends joins four.
  static let joinLimit = 8

  private let input: [Unicode.Scalar]
  private var position = 0
  private var output = String.UnicodeScalarView()
  /// The last scalar written.
  private var last: Unicode.Scalar?
  /// The last scalar written that takes columns.
  private var base: Unicode.Scalar?
  private var marks = 0
  private var joins = 0

  /// Makes a sanitiser of one text.
  init(_ text: String) {
    input = Array(text.unicodeScalars)
  }

  /// Reads the whole text and gives what is left of it.
  mutating func run() -> String {
    while position < input.count {
      if let end = EscapeSequence.end(in: input, at: position) {
        position = end
      } else {
        take(input[position])
      }
    }
    return String(output)
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    position += 1
    switch scalar.value {
    case 0x0D:
      if position < input.count, input[position] == "\n" { position += 1 }
      write(" ")
    case 0x09...0x0C, 0x85, 0x2028, 0x2029: write(" ")
    case 0x3000: write(scalar)
    case 0xFE0E, 0xFE0F: takeSelector(scalar)
    case 0x200D: takeJoiner()
    default: takeByCategory(scalar)
    }
  }

  private mutating func takeByCategory(_ scalar: Unicode.Scalar) {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .surrogate, .unassigned:
      if last != Self.replacement { write(Self.replacement) }
    case .spaceSeparator, .lineSeparator, .paragraphSeparator:
      write(" ")
    case .format:
      break
    default:
      if properties.isDefaultIgnorableCodePoint { return }
      if DisplayWidth.of(scalar) == 0 { takeMark(scalar) } else { write(scalar) }
    }
  }

  /// Keeps a mark that has a character to stand upon.
  private mutating func takeMark(_ scalar: Unicode.Scalar) {
    guard let base, base != " ", base != Self.replacement, marks < Self.markLimit else { return }
    if let part = HangulPart(scalar), !part.joins(last.flatMap(HangulPart.init)) { return }
    marks += 1
    append(scalar)
  }

  /// Keeps a variation selector that picks between the two faces of an emoji.
  private mutating func takeSelector(_ scalar: Unicode.Scalar) {
    guard let last, last == base, last.properties.isEmoji else { return }
    marks += 1
    append(scalar)
  }

  /// Keeps a joiner between two pictures.
  private mutating func takeJoiner() {
    guard let last, let base, Self.isPicture(base), joins < Self.joinLimit,
      last == base || last == DisplayWidth.emojiPresentation,
      position < input.count, Self.isPicture(input[position])
    else { return }
    joins += 1
    append(DisplayWidth.joiner)
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    let isTone = base.map { DisplayWidth.isAbsorbed(scalar, by: $0) } ?? false
    if last != DisplayWidth.joiner, !isTone { joins = 0 }
    base = scalar
    marks = 0
    append(scalar)
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    last = scalar
    output.append(scalar)
  }
}

extension Sanitizer {
  /// U+FFFD, which stands where something unprintable was.
  static let replacement: Unicode.Scalar = "\u{FFFD}"

  private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && scalar.properties.isEmoji
  }
}
