import Canvas
import Deploys

extension DialogParts {
  /// Exactly what would be sent, and the command that would send the same; the requests are `nil`
  /// while they are not known.
  static func sending(
    _ requests: [PlannedRequest]?, commandLine: String?, copyKey: String, width: Int,
    glyphs: GlyphSet
  ) -> [Sheet.Line] {
    var lines = [Sheet.Line(), Sheet.Line("what is sent", .dim)]
    for request in requests ?? [] {
      lines += exact("\(request.method) \(request.url)", width: width, .accent)
      if let operation = request.operation { lines += exact(operation, width: width) }
      if let body = request.body { lines += exact(body, width: width) }
    }
    if requests == nil { lines.append(Sheet.Line(glyphs.ellipsis, .dim)) }
    if let commandLine {
      let head = [Span("the same as a command, which ", .dim), Span(copyKey, .key)]
      lines += [Sheet.Line(), Sheet.Line(head + [Span(" copies", .dim)])]
      lines += exact(commandLine, width: width)
    }
    return lines
  }

  /// A text whose every space counts, broken wherever a line ends.
  static func exact(_ text: String, width: Int, _ style: Style = .plain) -> [Sheet.Line] {
    var lines: [Sheet.Line] = []
    var rest = Substring(PlainText.sanitized(text))
    while !rest.isEmpty {
      let (head, _) = DisplayWidth.prefix(rest, fitting: max(2, width))
      // A character wider than the line would never fit.
      guard !head.isEmpty else { break }
      lines.append(Sheet.Line(head, style))
      rest = rest.dropFirst(head.count)
    }
    return lines
  }
}
