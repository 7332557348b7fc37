import CTerminal

/// The character encoding that the environment asks for.
package enum TerminalLocale {
  /// Adopts the environment's encoding for the process, and says whether it is UTF-8.
  ///
  /// Where it is not, everything but ASCII is shown as `?`, so draw with `GlyphSet.ascii`. A UTF-8
  /// locale that is not installed counts as UTF-8. Call it before other threads start.
  package static func adopt() -> Bool { ct_adopt_locale() }
}
