extension Key: CustomStringConvertible {
  /// The key as help and documents write it: `j`, `G`, `ctrl-c`, `shift-tab`, `f1`, `pgdn`.
  package var description: String {
    (isControl ? "ctrl-" : "") + (isAlt ? "alt-" : "") + code.name
  }
}

extension Key {
  /// Reads a key as `description` writes it; `nil` for anything else.
  package init?(parsing text: String) {
    var rest = Substring(text)
    var isControl = false
    var isAlt = false
    while rest.count > 1 {
      if rest.hasPrefix("ctrl-"), rest.count > 5 {
        isControl = true
        rest = rest.dropFirst(5)
      } else if rest.hasPrefix("alt-"), rest.count > 4 {
        isAlt = true
        rest = rest.dropFirst(4)
      } else {
        break
      }
    }
    guard let code = Code(name: String(rest)) else { return nil }
    self.init(code, isControl: isControl, isAlt: isAlt)
  }
}

extension Key: ExpressibleByStringLiteral {
  /// Makes a key from its written form, as in `"ctrl-c"`.
  ///
  /// A form that names no key stops a debug build and matches no key in a release build.
  package init(stringLiteral text: String) {
    guard let key = Key(parsing: text) else {
      assertionFailure("“\(text)” names no key.")
      self.init(.character("\0"))
      return
    }
    self = key
  }
}

extension Key.Code {
  private static let names: [(name: String, code: Key.Code)] = [
    ("space", .character(" ")), ("enter", .enter), ("esc", .escape), ("tab", .tab),
    ("shift-tab", .backTab), ("backspace", .backspace), ("del", .delete), ("ins", .insert),
    ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home),
    ("end", .end), ("pgup", .pageUp), ("pgdn", .pageDown),
  ]

  /// Longer names that are understood too.
  private static let aliases: [String: Key.Code] = [
    "escape": .escape, "delete": .delete, "insert": .insert, "pageup": .pageUp,
    "pagedown": .pageDown, "backtab": .backTab, "return": .enter,
  ]

  /// The key's name without modifiers.
  fileprivate var name: String {
    if case .function(let number) = self { return "f\(number)" }
    if let known = Self.names.first(where: { $0.code == self }) { return known.name }
    guard case .character(let character) = self else { return "?" }
    return String(character)
  }

  fileprivate init?(name: String) {
    if let known = Self.names.first(where: { $0.name == name })?.code ?? Self.aliases[name] {
      self = known
    } else if name.count == 1, let character = name.first {
      self = .character(character)
    } else if name.hasPrefix("f"), let number = Int(name.dropFirst()), (1...63).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }
}
