import Testing

@testable import Dashboard

@Suite("A line that is edited")
struct TextFieldTests {
  @Test("Typing, moving and deleting")
  func editing() {
    var field = TextField("main")
    field.moveToStart()
    field.insert("x")
    #expect(field.text == "xmain" && field.cursor == 1)
    field.moveToEnd()
    field.deleteBackward()
    field.moveLeft()
    field.deleteForward()
    #expect(field.text == "xma")
    field.deleteForward()
    field.moveRight()
    field.moveRight()
    #expect(field.text == "xma" && field.cursor == 3)
    field.deleteToStart()
    #expect(field.isEmpty && field.cursor == 0)
    field.deleteBackward()
    field.moveLeft()
    #expect(field.isEmpty && field.cursor == 0)
  }

  @Test("A word goes with the spaces behind it")
  func words() {
    var field = TextField("one two  ")
    field.deleteWord()
    #expect(field.text == "one ")
    field.deleteWord()
    #expect(field.isEmpty)
    field.deleteWord()
    #expect(field.isEmpty)
  }

  @Test("A combining mark joins the character before it")
  func combining() {
    var field = TextField("e")
    field.insert("\u{301}")
    #expect(field.characters == ["é"] && field.cursor == 1)
    field.insert("한")
    field.deleteBackward()
    #expect(field.text == "é")
  }

  @Test("There is room for so much, whole characters only, and it is known where more came")
  func limit() {
    var field = TextField(String(repeating: "x", count: TextField.usualLimit - 3))
    field.insert("한")
    #expect(!field.isCut)
    field.moveToStart()
    field.insert("abcdef")
    #expect(field.isCut && field.text.hasPrefix("abx") && field.text.hasSuffix("한"))
    #expect(field.cursor == 2 && field.characters.count == TextField.usualLimit)
    field.insert("g")
    #expect(field.isCut && field.cursor == 2)
    field.deleteBackward()
    #expect(!field.isCut)
    field.insert("e\u{301}")
    #expect(field.isCut && field.characters.count == TextField.usualLimit - 1)
    var made = TextField(String(repeating: "y", count: 2_000))
    made.insert("z")
    #expect(made.isCut && made.characters.count == 2_000)
  }

  @Test("The visible part follows the cursor, and wide characters are not cut")
  func scrolling() {
    var field = TextField("결제-api-prd")
    #expect(field.visible(in: 20).cursor == 12)
    #expect(field.visible(in: 6) == (text: "i-prd", cursor: 5))
    field.moveToStart()
    #expect(field.visible(in: 3) == (text: "결", cursor: 0))
    field.moveRight()
    #expect(field.visible(in: 4) == (text: "결제", cursor: 2))
    #expect(field.visible(in: 0) == (text: "", cursor: 0))
  }
}
