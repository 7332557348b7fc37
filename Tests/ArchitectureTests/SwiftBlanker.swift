/// Blanks comments and the insides of string literals, so that what is left can be searched for code.
///
/// Line ends stay where they are. It knows just enough of Swift for that: nested comments, raw and
/// multi-line strings, interpolation. A quote inside a regex literal blanks at most its own line.
struct SwiftBlanker {
  private var text: [UInt8]
  private var index = 0

  /// Prepares to blank a text.
  init(_ text: String) {
    self.text = Array(text.utf8)
  }

  /// The text with spaces in place of comments and of what strings hold, one for each byte.
  mutating func blanked() -> String {
    index = 0
    code(untilParenthesis: false)
    return String(decoding: text, as: UTF8.self)
  }

  private func isNext(_ word: String) -> Bool {
    let end = index + word.utf8.count
    return end <= text.count && text[index..<end].elementsEqual(word.utf8)
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where index < text.count {
      if text[index] != UInt8(ascii: "\n") { text[index] = UInt8(ascii: " ") }
      index += 1
    }
  }

  /// Steps over code, up to the parenthesis that ends an interpolation if asked to.
  private mutating func code(untilParenthesis: Bool) {
    var depth = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "/"):
        if isNext("//") {
          while index < text.count, text[index] != UInt8(ascii: "\n") { blank() }
        } else if isNext("/*") {
          comment()
        } else {
          index += 1
        }
      case UInt8(ascii: "\""), UInt8(ascii: "#"):
        string()
      case UInt8(ascii: "("):
        depth += 1
        index += 1
      case UInt8(ascii: ")"):
        if untilParenthesis, depth == 0 { return }
        depth -= 1
        index += 1
      default:
        index += 1
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

  /// Steps over a string literal and blanks what it holds; over a `#` that opens none, too.
  private mutating func string() {
    let start = index
    while index < text.count, text[index] == UInt8(ascii: "#") { index += 1 }
    guard index < text.count, text[index] == UInt8(ascii: "\"") else { return }
    let fence = String(repeating: "#", count: index - start)
    let quote = isNext("\"\"\"") ? "\"\"\"" : "\""
    let isMultiline = quote.utf8.count == 3
    index += quote.utf8.count
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\"") where isNext(quote + fence):
        index += quote.utf8.count + fence.utf8.count
        return
      case UInt8(ascii: "\n") where !isMultiline:
        return
      case UInt8(ascii: "\\") where isNext("\\\(fence)("):
        blank(2 + fence.utf8.count)
        code(untilParenthesis: true)
        blank()
      case UInt8(ascii: "\\") where isNext("\\\(fence)"):
        blank(2 + fence.utf8.count)
      default:
        blank()
      }
    }
  }
}
