import Testing

@Suite("Blanking comments and literals")
struct SwiftBlankerTests {
  @Test(
    "keeps code and line ends, and nothing else",
    arguments: [
      ("a // b\nc", "a     \nc"),
      ("a /* b /* c */ d\n */ e", "a               \n    e"),
      (#"f("try!") + g"#, #"f("    ") + g"#),
      (#""a\"b" c"#, #""    " c"#),
      (##"#"a"b\#(x)"# c"##, ##"#"      x "# c"##),
      (#""\(f("x", (1))) y" z"#, #""  f(" ", (1))   " z"#),
      ("\"\"\"\n  import X \"y\"\n  \"\"\" z", "\"\"\"\n              \n  \"\"\" z"),
      ("\"unfinished\nnext", "\"          \nnext"),
    ])
  func blanked(text: String, expected: String) {
    var blanker = SwiftBlanker(text)
    #expect(blanker.blanked() == expected)
  }
}
