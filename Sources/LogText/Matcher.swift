import CPattern

/// Finds the places that a pattern fits, one after the other, on one thread.
final class Matcher {
  /// What a match has come to.
  enum Outcome {
    case none
    case hit(Range<Int>)
    /// The pattern needs more steps than it may take.
    case failed
  }

  private let pattern: CompiledPattern
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?

  /// Creates a matcher; `nil` where memory is short.
  ///
  /// From one place a match may take so many steps: a pattern that goes back again and again could
  /// take longer than anybody lives.
  /// A modest one makes do with the little memory that a simple pattern needs.
  init?(_ pattern: CompiledPattern, steps: UInt32, isModest: Bool = false) {
    guard let data = pcre2_match_data_create_8(1, nil) else { return nil }
    guard let context = pcre2_match_context_create_8(nil) else {
      pcre2_match_data_free_8(data)
      return nil
    }
    self.pattern = pattern
    self.data = data
    self.context = context
    pcre2_set_match_limit_8(context, steps)
    pcre2_set_depth_limit_8(context, min(steps, 100_000))
    pcre2_set_heap_limit_8(context, 64 * 1024)
    stack = isModest ? nil : pcre2_jit_stack_create_8(32 * 1024, 1024 * 1024, nil)
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    pcre2_jit_stack_free_8(stack)
  }

  /// The first hit from an offset on that lies within one line and is not empty.
  ///
  /// - Parameters:
  ///   - text: the text, whose lines end with a line feed.
  ///   - start: where to begin; what stands before it counts for `\b` and the like.
  ///   - begins: whether the text begins a line.
  ///   - ends: whether the text ends a line.
  /// - Returns: the hit, that there is none, or that this would take too long to know.
  func first(
    in text: UnsafeRawBufferPointer, from start: Int, begins: Bool = true, ends: Bool = true
  ) -> Outcome {
    var start = start
    while start < text.count {
      switch match(text, from: start, to: text.count, begins: begins, ends: ends) {
      case .hit(let hit):
        guard let lineEnd = ByteScan.first(ByteScan.newline, in: text, hit) else {
          return .hit(hit)
        }
        // The pattern takes line feeds: see what it makes of this line alone.
        switch match(text, from: hit.lowerBound, to: lineEnd, begins: begins, ends: true) {
        case .hit(let hit): return .hit(hit)
        case .none: start = lineEnd + 1
        case .failed: return .failed
        }
      case .none: return .none
      case .failed: return .failed
      }
    }
    return .none
  }

  private func match(
    _ text: UnsafeRawBufferPointer, from start: Int, to end: Int, begins: Bool, ends: Bool
  ) -> Outcome {
    guard let code = pattern.code, let base = text.baseAddress, start < end else { return .none }
    var options = PCRE2_NOTEMPTY
    if !begins { options |= PCRE2_NOTBOL }
    if !ends { options |= PCRE2_NOTEOL }
    let subject = base.assumingMemoryBound(to: UInt8.self)
    let result = pcre2_match_8(code, subject, end, start, options, data, context)
    if result == PCRE2_ERROR_NOMATCH { return .none }
    guard result >= 0, let found = pcre2_get_ovector_pointer_8(data) else { return .failed }
    // `\K` in a look-around can put the start after the end.
    let low = min(found[0], found[1])
    return .hit(max(low, start)..<max(found[1], low + 1, start + 1))
  }
}
