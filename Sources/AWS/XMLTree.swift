import Foundation

/// An element of the XML that AWS's services answer.
///
/// It knows elements, text, references to characters and CDATA; it passes over declarations,
/// comments, attributes and the prefixes of names. That is all that occurs, and FoundationXML would
/// be another library to link.
struct XMLTree {
  /// The name, without a prefix.
  var name: String
  /// The text that stands in it directly.
  var text = ""
  /// The elements that stand in it, in order.
  var children: [XMLTree] = []

  /// Reads a document; `nil` where it is not well-formed or nests more than 32 elements.
  init?(_ data: Data) {
    var parser = Parser(rest: Array(data)[...])
    guard let root = parser.document() else { return nil }
    self = root
  }

  private init(name: String) { self.name = name }

  /// The text of the first child of a name; `nil` where there is none or it is empty.
  func text(of name: String) -> String? {
    let text = children.first { $0.name == name }?.text
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  private struct Parser {
    var rest: ArraySlice<UInt8>

    mutating func document() -> XMLTree? {
      var open: [XMLTree] = []
      while !rest.isEmpty {
        let text = take { $0 != UInt8(ascii: "<") }
        if !open.isEmpty {
          let content = XMLText.unescaped(String(decoding: text, as: UTF8.self))
          open[open.count - 1].text += content
        }
        if rest.isEmpty { return nil }
        if skip("<![CDATA[") {
          guard let content = upTo("]]>"), !open.isEmpty else { return nil }
          open[open.count - 1].text += String(decoding: content, as: UTF8.self)
        } else if skip("<!--") {
          guard upTo("-->") != nil else { return nil }
        } else if skip("<?") {
          guard upTo("?>") != nil else { return nil }
        } else if skip("<!") {
          guard upTo(">") != nil else { return nil }
        } else if skip("</") {
          guard let tag = upTo(">"), var closed = open.popLast(), closed.name == Self.name(of: tag)
          else { return nil }
          // The text between elements is layout.
          if !closed.children.isEmpty { closed.text = "" }
          guard !open.isEmpty else { return closed }
          open[open.count - 1].children.append(closed)
        } else {
          guard skip("<"), let tag = tag(), open.count < 32 else { return nil }
          let element = XMLTree(name: Self.name(of: tag))
          guard tag.last == UInt8(ascii: "/") else {
            open.append(element)
            continue
          }
          guard !open.isEmpty else { return element }
          open[open.count - 1].children.append(element)
        }
      }
      return nil
    }

    /// What stands in a tag; an attribute's value may hold the tag's end sign.
    private mutating func tag() -> ArraySlice<UInt8>? {
      let start = rest
      var quote: UInt8?
      while let byte = rest.popFirst() {
        if let open = quote {
          if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: ">") {
          return start[..<(rest.startIndex - 1)]
        }
      }
      return nil
    }

    private mutating func take(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
      let taken = rest.prefix(while: isWanted)
      rest = rest[taken.endIndex...]
      return taken
    }

    private mutating func skip(_ sign: StaticString) -> Bool {
      let isNext = sign.withUTF8Buffer { rest.starts(with: $0) }
      if isNext { rest = rest.dropFirst(sign.utf8CodeUnitCount) }
      return isNext
    }

    /// What stands before a sign, which is passed.
    private mutating func upTo(_ sign: StaticString) -> ArraySlice<UInt8>? {
      let start = rest
      while !rest.isEmpty {
        let end = rest.startIndex
        if skip(sign) { return start[..<end] }
        rest = rest.dropFirst()
      }
      return nil
    }

    private static func name(of tag: ArraySlice<UInt8>) -> String {
      let isEnd: (UInt8) -> Bool = { $0 <= 32 || $0 == UInt8(ascii: "/") }
      let name = String(decoding: tag.prefix { !isEnd($0) }, as: UTF8.self)
      return name.split(separator: ":").last.map(String.init) ?? name
    }
  }
}
