import Foundation
import Testing
import Transport

@Suite("A server's clock")
struct ServerClockTests {
  /// 2026-11-23T01:02:03Z.
  private static let time = Date(timeIntervalSince1970: 1_795_395_723)

  private func answer(_ headers: HTTPHeaders = ["Date": "Mon, 23 Nov 2026 01:02:03 GMT"])
    -> HTTPResponse
  {
    HTTPResponse(status: 200, headers: headers)
  }

  /// The offset that one answer tells.
  private func offset(sent: Double, received: Double, _ response: HTTPResponse? = nil) -> Double? {
    var clock = ServerClock()
    clock.note(
      response ?? answer(), sentAt: Self.time.addingTimeInterval(sent),
      receivedAt: Self.time.addingTimeInterval(received))
    return clock.offset
  }

  @Test("An answer tells no more than it proves")
  func proof() {
    #expect(offset(sent: 0.2, received: 0.6) == 0)
    // However long the body took, the head may have been written at its beginning or its end.
    #expect(offset(sent: -90, received: 300) == 0)
    #expect(offset(sent: 3600, received: 3601) == -3599)
    #expect(offset(sent: -3601, received: -3600) == 3600)
  }

  @Test("An answer without a time, or from a cache, tells nothing")
  func silence() {
    #expect(offset(sent: 3600, received: 3600, answer([:])) == nil)
    #expect(offset(sent: 3600, received: 3600, answer(["Date": "today"])) == nil)
    let kept: HTTPHeaders = ["Date": "Mon, 23 Nov 2026 01:02:03 GMT", "Age": "3600"]
    #expect(offset(sent: 3600, received: 3600, answer(kept)) == nil)
  }

  @Test("It stays as it is until an answer contradicts it")
  func steadiness() {
    var clock = ServerClock()
    func note(_ seconds: Double) -> Double? {
      let time = Self.time.addingTimeInterval(seconds)
      clock.note(answer(), sentAt: time, receivedAt: time)
      return clock.offset
    }
    #expect(note(3600) == -3599)
    #expect(note(3601.5) == -3599)
    #expect(note(3597.5) == -3599)
    #expect(note(0.5) == 0)
  }
}
