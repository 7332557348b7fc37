/// The one place where text from outside becomes fit for a terminal.
///
/// Names, refs, logs and error messages are written by strangers. What comes out of here is one
/// line that shows what it holds and commands nothing:
/// - Escape sequences go whole, payload included (CSI, OSC with its hyperlinks, DCS, SOS, PM, APC,
///   and the short ones). A string sequence that never ends loses its introducer only, so that it
///   cannot hide the text behind it.
/// - Line breaks, tabs and other white space become one space each.
/// - Other controls, noncharacters and unassigned scalars become U+FFFD, a run of them one.
/// - Invisible characters go: bidi controls, joiners outside emoji, variation selectors outside
///   emoji, tags, fillers, byte order marks.
/// - Marks stay where there is a character to carry them, at most four upon one.
package enum PlainText {
  /// The text as one harmless line; the same string when it is harmless already.
  package static func sanitized(_ text: String) -> String {
    if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text }
    if text.unicodeScalars.allSatisfy(isOrdinary) { return text }
    var sanitizer = Sanitizer(text)
    return sanitizer.run()
  }

  /// Whether the scalar is harmless whatever stands around it; false where that takes a closer
  /// look.
  private static func isOrdinary(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300: true
    case 0x2010...0x2027, 0x2190...0x22FF, 0x2500...0x25FF: true
    case 0x3001...0x3029, 0x3041...0x3096, 0x30A1...0x30FF, 0x3131...0x3163: true
    case 0x4E00...0x9FFF, 0xAC00...0xD7A3: true
    default: false
    }
  }
}
