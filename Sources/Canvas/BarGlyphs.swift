/// The signs that bars on a time axis are drawn with.
///
/// The Unicode ones are blocks and shades, ambiguous by UAX 11 but for the gap; there are no narrow
/// ones.
package struct BarGlyphs: Sendable, Hashable {
  /// A column filled by one to eight eighths, from its left edge; eight signs.
  package var parts: [String]
  /// A column of waiting.
  package var wait: String
  /// A column of getting ready.
  package var setup: String
  /// A column of something that goes on around something else.
  package var around: String
  /// Here time is left out.
  package var gap: String

  /// For terminals that speak UTF-8.
  package static let unicode = BarGlyphs(
    parts: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], wait: "░", setup: "▒", around: "▓",
    gap: "⫽")

  /// For all others.
  package static let ascii = BarGlyphs(
    parts: ["|", "|", "|", "#", "#", "#", "#", "#"], wait: ".", setup: "-", around: "=", gap: "/")
}
