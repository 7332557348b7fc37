import Testing

@testable import Canvas

@Suite("SVG")
struct FrameSVGTests {
  private func picture() -> String {
    var frame = Frame(size: Size(columns: 20, rows: 3))
    frame.put("a <b> & \"c\"", at: .zero)
    frame.put("한국 ok", at: Point(column: 0, row: 1), style: .failure.selected)
    frame.put("\u{1B}[31m✓\u{0}", at: Point(column: 0, row: 2), style: .key.underlined)
    frame.put("r", at: Point(column: 5, row: 2), style: .failure.reversed)
    frame.cursor = Point(column: 3, row: 2)
    return frame.svg(theme: .standard, title: "board <1> \u{1B}[1m& more")
  }

  @Test("is well-formed: every element is closed and nothing is left unescaped")
  func wellFormed() throws {
    let svg = picture()
    var open: [Substring] = []
    var rest = svg[...]
    var elements = 0
    while let start = rest.firstIndex(of: "<") {
      let text = rest[..<start]
      #expect(!text.contains(">"))
      let entities = text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
      #expect(entities.allSatisfy { $0.contains(";") })
      let end = try #require(rest[start...].firstIndex(of: ">"))
      let tag = rest[rest.index(after: start)..<end]
      let name = tag.drop { $0 == "/" }.prefix { $0.isLetter }
      #expect(tag.count { $0 == "\"" } % 2 == 0)
      if tag.hasPrefix("/") {
        #expect(open.popLast() == name)
      } else if !tag.hasSuffix("/") {
        open.append(name)
      }
      elements += 1
      rest = rest[rest.index(after: end)...]
    }
    #expect(open.isEmpty)
    #expect(elements > 10)
    #expect(svg.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
  }

  @Test("puts wide characters at their cells and stretches every run to its columns")
  func grid() {
    let svg = picture()
    #expect(svg.contains("x=\"12\" y=\"71.5\" textLength=\"16.8\""))
    #expect(svg.contains("x=\"28.8\" y=\"71.5\" textLength=\"16.8\""))
    #expect(svg.contains(">a &lt;b&gt; &amp; &quot;c&quot;"))
    #expect(svg.contains("<title>board &lt;1&gt; &amp; more</title>"))
    #expect(svg.contains("fill=\"#303030\""))
    #expect(
      svg.contains("height=\"18\" fill=\"#ff5f5f\"/>") && svg.contains("fill=\"#14171c\" font"))
    #expect(svg.contains("text-decoration=\"underline\""))
  }

  @Test("is the same every time")
  func stable() {
    #expect(picture() == picture())
  }
}
