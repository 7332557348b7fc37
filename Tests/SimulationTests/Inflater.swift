import Foundation

@testable import Simulation

/// Reads what the simulator compresses: RFC 1951 without dynamic codes, bit by bit.
struct Inflater {
  struct Broken: Error {}

  private let bytes: [UInt8]
  private var place = 0

  private init(_ data: Data) { bytes = Array(data) }

  static func inflate(_ data: Data) throws -> Data {
    var inflater = Inflater(data)
    return try inflater.run()
  }

  private mutating func bit() throws -> Int {
    guard place / 8 < bytes.count else { throw Broken() }
    defer { place += 1 }
    return Int(bytes[place / 8] >> UInt8(place % 8)) & 1
  }

  private mutating func bits(_ count: Int) throws -> Int {
    var value = 0
    for index in 0..<count { value |= try bit() << index }
    return value
  }

  private mutating func run() throws -> Data {
    var output: [UInt8] = []
    while true {
      let isLast = try bit() == 1
      switch try bits(2) {
      case 0:
        place = (place + 7) / 8 * 8
        let count = try bits(16)
        guard try bits(16) == ~count & 0xFFFF else { throw Broken() }
        for _ in 0..<count { output.append(UInt8(try bits(8))) }
      case 1: try block(&output)
      default: throw Broken()
      }
      if isLast { return Data(output) }
    }
  }

  private mutating func block(_ output: inout [UInt8]) throws {
    while true {
      let symbol = try symbol()
      if symbol < 256 { output.append(UInt8(symbol)) }
      if symbol == 256 { return }
      guard symbol > 256 else { continue }
      let length = try length(symbol)
      var code = 0
      for _ in 0..<5 { code = code << 1 | (try bit()) }
      let extra = code < 4 ? 0 : code / 2 - 1
      let base = code < 4 ? code + 1 : 1 + ((2 + code % 2) << extra)
      let distance = base + (try bits(extra))
      guard distance <= output.count else { throw Broken() }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  /// A symbol of the fixed code: 7, 8 or 9 bits, the highest first.
  private mutating func symbol() throws -> Int {
    var code = 0
    for _ in 0..<7 { code = code << 1 | (try bit()) }
    if code <= 0b0010111 { return code + 256 }
    code = code << 1 | (try bit())
    if code <= 0b10111111 { return code - 0b00110000 }
    if code <= 0b11000111 { return code - 0b11000000 + 280 }
    return (code << 1 | (try bit())) - 0b110010000 + 144
  }

  private mutating func length(_ symbol: Int) throws -> Int {
    if symbol == 285 { return 258 }
    if symbol < 265 { return symbol - 254 }
    let extra = (symbol - 261) / 4
    return 3 + ((4 + (symbol - 261) % 4) << extra) + (try bits(extra))
  }
}

/// A zip as its directory describes it.
struct ReadZip {
  var names: [String] = []
  private var files: [String: Data] = [:]

  /// Reads every file and checks its size and checksum.
  init(_ zip: Data) throws {
    let bytes = Array(zip)
    func number(_ place: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) }
    }
    var place = number(bytes.count - 6, 4)
    for _ in 0..<number(bytes.count - 12, 2) {
      guard number(place, 4) == 0x0201_4b50 else { throw Inflater.Broken() }
      let length = number(place + 28, 2)
      let name = String(decoding: bytes[(place + 46)..<(place + 46 + length)], as: UTF8.self)
      let local = number(place + 42, 4)
      guard number(local, 4) == 0x0403_4b50 else { throw Inflater.Broken() }
      let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
      let packed = Data(bytes[start..<(start + number(place + 20, 4))])
      let content = number(place + 10, 2) == 8 ? try Inflater.inflate(packed) : packed
      guard content.count == number(place + 24, 4),
        Checksum.crc32(content) == UInt32(number(place + 16, 4))
      else { throw Inflater.Broken() }
      names.append(name)
      files[name] = content
      place += 46 + length + number(place + 30, 2) + number(place + 32, 2)
    }
  }

  subscript(name: String) -> Data { files[name] ?? Data() }

  func text(_ name: String) -> String { String(decoding: self[name], as: UTF8.self) }
}
