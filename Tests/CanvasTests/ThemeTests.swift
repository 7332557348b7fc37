import Testing

@testable import Canvas

@Suite("Theme")
struct ThemeTests {
  @Test("keeps to the colours that there are")
  func depths() {
    for role in Role.allCases {
      for style in [Style(role), .init(role).selected, .init(role).bold, .init(role).reversed] {
        for depth in ColorDepth.allCases {
          let look = Theme.standard.appearance(of: style, depth: depth)
          for color in [look.foreground, look.background].compactMap(\.self) {
            #expect((0..<depth.rawValue).contains(color), "\(role) at \(depth)")
          }
        }
      }
    }
  }

  @Test("sets the selected row apart at every depth", arguments: ColorDepth.allCases)
  func selection(depth: ColorDepth) {
    for role in Role.allCases {
      let plain = Theme.standard.appearance(of: Style(role), depth: depth)
      let selected = Theme.standard.appearance(of: Style(role).selected, depth: depth)
      #expect(selected.isReversed || selected.background != plain.background)
    }
  }

  @Test(
    "sets reversed text apart at every depth, also on the selected row",
    arguments: ColorDepth.allCases)
  func reversal(depth: ColorDepth) {
    for role in Role.allCases {
      for style in [Style(role), Style(role).selected] {
        let plain = Theme.standard.appearance(of: style, depth: depth)
        let reversed = Theme.standard.appearance(of: style.reversed, depth: depth)
        #expect(reversed.isReversed != plain.isReversed)
      }
    }
  }

  @Test("sets what failed apart from what went well without colours")
  func withoutColors() {
    let failure = Theme.standard.appearance(of: .failure, depth: .none)
    let success = Theme.standard.appearance(of: .success, depth: .none)
    #expect(failure.isBold && !success.isBold)
    #expect(failure.foreground == nil && failure.background == nil)
  }

  @Test("knows xterm's palette")
  func palette() {
    #expect(XtermPalette.hex(16) == "#000000")
    #expect(XtermPalette.hex(203) == "#ff5f5f")
    #expect(XtermPalette.hex(231) == "#ffffff")
    #expect(XtermPalette.hex(244) == "#808080")
    #expect(XtermPalette.hex(-1) == "#ffffff")
  }
}
