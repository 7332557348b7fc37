/// Chance that repeats: the same seed and the same names give the same numbers.
///
/// Every run draws from its own stream, so that an operator's dispatch does not change what happens
/// elsewhere in the world. The generator is SplitMix64 (Steele, Lea and Flood, 2014).
struct Randomness: Sendable {
  private var state: UInt64

  /// Opens the stream of a seed and some names.
  init(seed: UInt64, _ names: String...) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
    for name in names {
      for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0xFF) &* 0x100_0000_01b3
    }
    state = hash
    _ = next()
  }

  /// How far the state moves for each number.
  static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

  mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mix(state)
  }

  /// The number that a state gives.
  static func mix(_ state: UInt64) -> UInt64 {
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, and without, 1.
  mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

  mutating func number(in range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound + Int64(fraction() * Double(range.upperBound - range.lowerBound + 1))
  }

  /// A length of time in whole milliseconds.
  mutating func seconds(_ range: ClosedRange<Double>) -> Duration {
    let value = range.lowerBound + fraction() * (range.upperBound - range.lowerBound)
    return .milliseconds(Int64(value * 1000))
  }

  mutating func chance(_ probability: Double) -> Bool { fraction() < probability }

  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    guard !elements.isEmpty else { return nil }
    return elements[Int(fraction() * Double(elements.count))]
  }

  mutating func hex(_ count: Int) -> String {
    var text = ""
    while text.utf8.count < count {
      let word = String(next(), radix: 16)
      text += String(repeating: "0", count: 16 - word.count) + word
    }
    return String(text.prefix(count))
  }

  /// A version 4 UUID in lower case.
  mutating func uuid() -> String {
    let digits = Array(hex(32))
    func part(_ range: Range<Int>) -> String { String(digits[range]) }
    return "\(part(0..<8))-\(part(8..<12))-4\(part(13..<16))-a\(part(17..<20))-\(part(20..<32))"
  }
}
