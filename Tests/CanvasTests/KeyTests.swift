import Testing

@testable import Canvas

@Suite("Keys")
struct KeyTests {
  @Test(
    "are written and read alike",
    arguments: [
      ("j", Key("j")), ("G", Key("G")), ("?", Key("?")), ("-", Key("-")), ("f", Key("f")),
      ("가", Key("가")), ("ctrl-c", Key(.character("c"), isControl: true)),
      ("ctrl--", Key(.character("-"), isControl: true)),
      ("alt-x", Key(.character("x"), isAlt: true)),
      ("ctrl-alt-up", Key(.up, isControl: true, isAlt: true)), ("enter", Key(.enter)),
      ("esc", Key(.escape)), ("tab", Key(.tab)), ("shift-tab", Key(.backTab)),
      ("f1", Key(.function(1))),
      ("f12", Key(.function(12))), ("pgdn", Key(.pageDown)), ("pgup", Key(.pageUp)),
      ("space", Key(" ")),
      ("del", Key(.delete)), ("backspace", Key(.backspace)), ("home", Key(.home)),
      ("ins", Key(.insert)),
    ] as [(String, Key)])
  func names(name: String, key: Key) {
    #expect(key.description == name)
    #expect(Key(parsing: name) == key)
  }

  @Test(
    "are nil for what names no key",
    arguments: ["", "jj", "ctrl-", "f0", "f64", "hyper-x", "ctrl-foo"])
  func strangers(name: String) {
    #expect(Key(parsing: name) == nil)
  }

  @Test("can be literals and tell what they type")
  func literals() {
    let key: Key = "pagedown"
    #expect(key == Key(.pageDown))
    #expect(Key("x").typed == "x")
    #expect(("ctrl-x" as Key).typed == nil)
    #expect(("up" as Key).typed == nil)
  }
}
