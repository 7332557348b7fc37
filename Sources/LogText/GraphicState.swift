/// What the sequences that select colours and the like (SGR) have set so far.
struct GraphicState: Sendable, Hashable {
  /// A colour as far as it is told apart here.
  enum Color: Sendable, Hashable {
    case hue(LogStyle.Hue)
    /// Neither a hue nor the ordinary colour: bright black and the darker greys.
    case grey
  }

  private var foreground: Color?
  private var background: Color?
  private var isBold = false
  private var isDim = false
  private var isUnderlined = false
  private var isInverse = false

  /// Nothing set.
  static let plain = GraphicState()

  /// The same state, bold.
  var bold: GraphicState {
    var state = self
    state.isBold = true
    return state
  }

  /// How text looks in this state.
  var style: LogStyle {
    var front = foreground
    var back = background
    if isInverse { swap(&front, &back) }
    var style = LogStyle(isBold: isBold, isDim: isDim, isUnderlined: isUnderlined)
    switch back {
    case .hue(.black), .grey, nil:
      // A ground that is nearly the terminal's own tells nothing.
      style.isInverse = isInverse && back == nil
      show(front, on: &style)
    case .hue(let hue):
      style.hue = hue
      style.isInverse = true
    }
    return style
  }

  private func show(_ color: Color?, on style: inout LogStyle) {
    switch color {
    case .hue(let hue): style.hue = hue
    case .grey: style.isDim = true
    case nil: break
    }
  }

  /// Takes in the parameters of a sequence.
  mutating func apply(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    var numbers = Numbers(bytes: bytes, position: range.lowerBound, end: range.upperBound)
    if range.isEmpty { self = .plain }
    while let number = numbers.next() { apply(number, &numbers) }
  }

  private mutating func apply(_ number: Int, _ rest: inout Numbers) {
    switch number {
    case 0: self = .plain
    case 1: isBold = true
    case 2: isDim = true
    case 4: isUnderlined = rest.subparameter() != 0
    case 7: isInverse = true
    case 21: isUnderlined = true
    case 22: (isBold, isDim) = (false, false)
    case 24: isUnderlined = false
    case 27: isInverse = false
    case 30...37: foreground = Self.indexed(number - 30)
    case 38: foreground = rest.color() ?? foreground
    case 39: foreground = nil
    case 40...47: background = Self.indexed(number - 40)
    case 48: background = rest.color() ?? background
    case 49: background = nil
    case 90...97: foreground = Self.indexed(number - 90 + 8)
    case 100...107: background = Self.indexed(number - 100 + 8)
    default: break
    }
    rest.skipSubparameters()
  }

  /// A colour by its index in xterm's palette of 256.
  static func indexed(_ index: Int) -> Color? {
    switch index {
    case 0..<8: LogStyle.Hue(rawValue: UInt8(index)).map(Color.hue)
    case 8: .grey
    case 9..<16: LogStyle.Hue(rawValue: UInt8(index - 8)).map(Color.hue)
    case 16..<232:
      mixed(
        red: level((index - 16) / 36), green: level((index - 16) / 6 % 6),
        blue: level((index - 16) % 6))
    case 232..<256: mixed(red: grey(index), green: grey(index), blue: grey(index))
    default: nil
    }
  }

  /// The part of a colour in the palette's cube of 6 by 6 by 6.
  private static func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + step * 40 }

  /// Each part of a colour in the palette's ramp of greys.
  private static func grey(_ index: Int) -> Int { 8 + (index - 232) * 10 }

  /// The nearest colour to a mixture of three parts from 0 to 255; `nil` is the ordinary one.
  static func mixed(red: Int, green: Int, blue: Int) -> Color? {
    let most = max(red, green, blue)
    let least = min(red, green, blue)
    guard most - least >= 48 else {
      if most < 48 { return .hue(.black) }
      return most < 160 ? .grey : .hue(.white)
    }
    let middle = (most + least) / 2
    let bits = (red > middle ? 1 : 0) | (green > middle ? 2 : 0) | (blue > middle ? 4 : 0)
    return LogStyle.Hue(rawValue: UInt8(bits)).map(Color.hue)
  }
}

extension GraphicState {
  /// The numbers of a sequence, which `;` parts; `:` parts what belongs to one of them.
  struct Numbers {
    let bytes: UnsafeRawBufferPointer
    var position: Int
    let end: Int
    /// What stood before the next number.
    private var separator: UInt8 = 0x3B
    private var isDone = false

    init(bytes: UnsafeRawBufferPointer, position: Int, end: Int) {
      self.bytes = bytes
      self.position = position
      self.end = end
    }

    /// The next number, 0 where none is written; `nil` after the last.
    mutating func next() -> Int? {
      guard !isDone else { return nil }
      var number = 0
      while position < end, bytes[position] &- 0x30 <= 9 {
        number = min(number * 10 + Int(bytes[position] - 0x30), 65_535)
        position += 1
      }
      if position < end {
        separator = bytes[position]
        position += 1
      } else {
        isDone = true
      }
      return number
    }

    /// The number after a `:`, if one comes.
    mutating func subparameter() -> Int? {
      guard !isDone, separator == 0x3A else { return nil }
      return next()
    }

    /// Passes over what belongs to the number before.
    mutating func skipSubparameters() {
      while subparameter() != nil {}
    }

    /// The colour after a 38 or 48: `5;n`, `2;r;g;b`, `5:n`, `2:r:g:b` or `2:space:r:g:b`.
    mutating func color() -> Color? {
      guard !isDone else { return nil }
      if separator == 0x3A {
        var parts: [Int] = []
        while parts.count < 8, let part = subparameter() { parts.append(part) }
        switch (parts.first, parts.count) {
        case (5, 2...): return GraphicState.indexed(parts[1])
        case (2, 4): return Self.mixed(parts[1...])
        case (2, 5...): return Self.mixed(parts[2...])
        default: return nil
        }
      }
      switch next() {
      case 5: return next().flatMap(GraphicState.indexed)
      case 2:
        guard let red = next(), let green = next(), let blue = next() else { return nil }
        return Self.mixed([red, green, blue])
      default: return nil
      }
    }

    private static func mixed(_ parts: ArraySlice<Int>) -> Color? {
      let parts = parts.prefix(3).map { min($0, 255) }
      return GraphicState.mixed(red: parts[0], green: parts[1], blue: parts[2])
    }
  }
}
