import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct ContainerTests {
  @Test("what is compressed can be read again", arguments: [0, 1, 3, 4, 257, 5000, 70_000])
  func deflateRoundTrip(count: Int) throws {
    let words = ["배포 ", "docker ", "npm http fetch GET 200 ", "\n", "a"]
    var chance = Randomness(seed: UInt64(count), "text")
    var text = Data()
    while text.count < count { text += Data((chance.pick(words) ?? "").utf8) }
    let noise = LazyContent.noise(count: count, seed: 3).whole
    for content in [text, noise, Data(repeating: 7, count: count)] {
      #expect(try Inflater.inflate(Deflate.compress(content)) == content)
      #expect(try Inflater.inflate(Deflate.store(content)) == content)
    }
    if count > 4000 { #expect(Deflate.compress(text).count * 3 < text.count) }
  }

  @Test func checksumsAreThoseOfTheStandards() {
    #expect(Checksum.crc32(Data("123456789".utf8)) == 0xCBF4_3926)
    #expect(Checksum.adler32(Data("Wikipedia".utf8)) == 0x11E6_0398)
    var running = RunningCRC32()
    for piece in ["12", "345678", "9"] { running.add(Data(piece.utf8)) }
    #expect(running.value == 0xCBF4_3926)
  }

  @Test func zipsHoldWhatWasPutIn() throws {
    for isStreamed in [false, true] {
      let files = [
        ZipWriter.File("보고서/요약.md", "안녕하세요\n"), ZipWriter.File("empty", ""),
        ZipWriter.File("noise", LazyContent.noise(count: 2 << 20, seed: 1)),
        ZipWriter.File("text", String(repeating: "line\n", count: 4000)),
      ]
      let zip = try ReadZip(
        ZipWriter.zip(files, modifiedAt: Fixture.start, isStreamed: isStreamed).whole)
      #expect(zip.names == files.map(\.path))
      for file in files { #expect(zip[file.path] == file.content.whole) }
    }
  }

  @Test func anyPartOfALazyContentIsThatPartOfTheWhole() {
    let content = LazyContent(joining: [
      LazyContent(Data("head".utf8)), LazyContent.noise(count: 1000, seed: 9),
      LazyContent(Data()), LazyContent(Data("tail".utf8)),
    ])
    let whole = content.whole
    #expect(whole.count == 1008)
    var chance = Randomness(seed: 1, "parts")
    for _ in 0..<200 {
      let low = Int(chance.number(in: 0...1008))
      let high = Int(chance.number(in: Int64(low)...1100))
      #expect(content.bytes(in: low..<high) == whole[low..<min(high, 1008)])
      #expect(content.part(low..<high).whole == whole[low..<min(high, 1008)])
    }
  }

  @Test(
    "ranges are those of RFC 9110",
    arguments: [
      ("bytes=0-3", 206, "0123"), ("bytes=4-", 206, "456789"), ("bytes=-2", 206, "89"),
      ("bytes=8-99", 206, "89"), ("bytes=10-", 416, ""), ("bytes=1-2,4-5", 200, "0123456789"),
      ("lines=1-2", 200, "0123456789"),
    ])
  func ranges(field: String, status: Int, body: String) {
    let content = LazyContent(Data("0123456789".utf8))
    let request = HTTPRequest(url: "http://x/", headers: ["Range": field])
    let reply = ByteRange.answer(content, headers: ["ETag": "\"a\""], to: request)
    #expect(reply.head.status == status)
    #expect(reply.body?.whole == Data(body.utf8))
  }
}
