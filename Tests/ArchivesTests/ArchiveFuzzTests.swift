import Archives
import Deploys
import Foundation
import Testing

/// A generator of numbers that gives the same ones for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

@Suite("Zips that are changed at random")
struct ArchiveFuzzTests {
  static let limits = ArchiveLimits(
    largestEntry: 1 << 20, largestTotal: 4 << 20, mostEntries: 100, largestRatio: 1000)

  @Test("None crashes or hangs, none gives more than its limits, and their number is printed")
  func mutations() throws {
    var random = SeededGenerator(seed: 3)
    let seeds = Self.seeds
    var listed = 0
    var refused = 0
    var opened = 0
    let count = 4000
    let clock = ContinuousClock()
    var slowest = Duration.zero
    for round in 0..<count {
      let bytes = Self.changed(seeds[round % seeds.count], &random)
      try withFile(bytes) { path in
        let archive = ArchiveFile(path: path, limits: Self.limits)
        let time = try clock.measure {
          do {
            let files = try archive.entries()
            #expect(files.count <= 100)
            listed += 1
            for file in files.prefix(8) {
              var size = 0
              do {
                try archive.read(file.path) { size += $0.count }
                opened += 1
                #expect(file.refusal == nil && size == file.size, "round \(round)")
              } catch is ArchiveError {
                #expect(size <= Self.limits.largestEntry, "round \(round)")
              }
            }
          } catch let error as ArchiveError {
            refused += 1
            #expect(!error.message.isEmpty && !error.remedy.isEmpty)
          }
        }
        slowest = max(slowest, time)
      }
    }
    print(
      "fuzz: \(count) changed zips, \(listed) listed, \(refused) refused, \(opened) files opened, "
        + "the slowest in \(slowest)")
    #expect(listed + refused == count)
    #expect(listed > 0 && refused > 0 && opened > 0)
  }

  private static var seeds: [[UInt8]] {
    let text = Array(String(repeating: "deploy 결제 api-dev-20261112-01\n", count: 40).utf8)
    let zeros = Deflate.zeros(100_000)
    var wide = ZipBuilder(
      .init("a.txt", text).with { $0.isZip64 = true }, .init("보고서.txt", text).deflated)
    wide.isZip64 = true
    return [
      ZipBuilder(
        .init("a.txt", text), .init("b/c.txt", text).deflated, .init("d.bin", text).described,
        .init("link", "a.txt").with { $0.mode = 0o120777 }
      ).bytes,
      wide.bytes,
      ZipBuilder(
        .init("zeros", zeros.packed).with {
          $0.method = 8
          $0.size = UInt64(zeros.count)
        }, .init("x", "1").with { $0.localExtra = ZipBuilder.unicodePath("y", over: "x") }
      ).bytes,
    ]
  }

  private static func changed(_ seed: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = seed
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      guard !bytes.isEmpty else { break }
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0: bytes.removeSubrange(place...)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + 5))
      case 2: bytes.insert(contentsOf: seed.prefix(place % 90), at: place)
      case 3:
        let other = Int.random(in: 0..<bytes.count, using: &random)
        bytes.swapAt(place, other)
      case 4, 5:
        // Numbers at the edges of what a field can hold, in the directory at the end.
        let edge: [UInt8] =
          [[0, 0], [0xFF, 0xFF], [0xFF, 0x7F], [0, 0x80]].randomElement(using: &random) ?? []
        let tail = max(0, bytes.count - 300)
        let at = Int.random(in: tail..<bytes.count, using: &random)
        bytes.replaceSubrange(at..<min(bytes.count, at + 2), with: edge)
      default: bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
    }
    return bytes
  }
}
