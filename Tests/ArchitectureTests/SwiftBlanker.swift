/// Blanks comments and the insides of string literals, so that what is left can be searched for code.
///
/// Line ends stay where they are. It knows just enough of Swift for that: nested comments, raw and
/// multi-line strings, interpolation. A quote inside a regex literal blanks at most its own line.
struct SwiftBlanker {
  private let text: [Unicode.Scalar]
  private var index = 0
  private var output = String.UnicodeScalarView()

  /// Prepares to blank a text.
  init(_ text: String) {
    self.text = Array(text.unicodeScalars)
  }

  /// The text with spaces in place of comments and of what strings hold.
  mutating func blanked() -> String {
    index = 0
    output = String.UnicodeScalarView()
    code(untilParenthesis: false)
    return String(output)
  }

  private func isNext(_ word: String) -> Bool {
    var position = index
    for scalar in word.unicodeScalars {
      guard position < text.count, text[position] == scalar else { return false }
      position += 1
    }
    return true
  }

  private mutating func keep(_ count: Int = 1) {
    for _ in 0..<count where index < text.count {
      output.append(text[index])
      index += 1
    }
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where index < text.count {
      output.append(text[index] == "\n" ? "\n" : " ")
      index += 1
    }
  }

  /// Copies code, up to the parenthesis that ends an interpolation if asked to.
  private mutating func code(untilParenthesis: Bool) {
    var depth = 0
    while index < text.count {
      if isNext("//") {
        while index < text.count, text[index] != "\n" { blank() }
      } else if isNext("/*") {
        comment()
      } else if let hashes = stringStart() {
        string(hashes: hashes)
      } else if untilParenthesis, text[index] == ")", depth == 0 {
        return
      } else {
        if text[index] == "(" { depth += 1 }
        if text[index] == ")" { depth -= 1 }
        keep()
      }
    }
  }

  private mutating func comment() {
    var depth = 0
    repeat {
      if isNext("/*") {
        depth += 1
        blank(2)
      } else if isNext("*/") {
        depth -= 1
        blank(2)
      } else {
        blank()
      }
    } while depth > 0 && index < text.count
  }

  /// The number of `#` before a quote that opens a string here; `nil` where none opens.
  private func stringStart() -> Int? {
    var position = index
    while position < text.count, text[position] == "#" { position += 1 }
    guard position < text.count, text[position] == "\"" else { return nil }
    return position - index
  }

  private mutating func string(hashes: Int) {
    let fence = String(repeating: "#", count: hashes)
    keep(hashes)
    let quote = isNext("\"\"\"") ? "\"\"\"" : "\""
    let isMultiline = quote.count == 3
    keep(quote.count)
    while index < text.count {
      if isNext(quote + fence) {
        keep(quote.count + hashes)
        return
      }
      if !isMultiline, text[index] == "\n" { return }
      if isNext("\\\(fence)(") {
        blank(2 + hashes)
        code(untilParenthesis: true)
        blank()
      } else if isNext("\\\(fence)") {
        blank(2 + hashes)
      } else {
        blank()
      }
    }
  }
}
