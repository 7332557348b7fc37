import Canvas
import LogText

extension Style {
  /// How a piece of a log looks in the terms of a theme.
  init(_ span: LogSpan, in row: LogRow) {
    self = Style(role: Role(span.style, in: row))
    isBold = span.style.isBold || row.kind == .group
    isUnderlined = span.style.isUnderlined
    isReversed = span.style.isInverse
    guard span.isHit else { return }
    role = .accent
    isBold = true
    isUnderlined = !span.isCurrentHit
    isReversed = span.isCurrentHit
  }
}

extension Role {
  /// What a log's colour stands for; text that it leaves alone says what its line is.
  fileprivate init(_ style: LogStyle, in row: LogRow) {
    switch style.hue {
    case .red: self = .failure
    case .green: self = .success
    case .yellow: self = .warning
    case .blue: self = .running
    case .magenta: self = .waiting
    case .cyan: self = .info
    case .black: self = .dim
    case .white: self = style.isDim ? .dim : .text
    case nil: self = style.isDim ? .dim : Role(row)
    }
  }

  private init(_ row: LogRow) {
    switch row.kind {
    case .text:
      switch row.told {
      case .error: self = .failure
      case .warning: self = .warning
      case nil: self = .text
      }
    case .group: self = .text
    case .endGroup, .debug: self = .dim
    case .error: self = .failure
    case .warning: self = .warning
    case .notice: self = .info
    case .section: self = .heading
    case .command: self = .accent
    }
  }
}
