import Foundation
import Testing
import Transport

@Suite("Retry-After")
struct RetryAfterTests {
  @Test(
    "Seconds and dates are read, and nothing else",
    arguments: [
      ("120", 120), (" 0 ", 0), ("0.5", 0.5), ("-3", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 60),
      ("Sun, 06 Nov 1994 08:40:00 GMT", 0), ("soon", nil), ("inf", nil), ("nan", nil), ("", nil),
    ] as [(String, TimeInterval?)])
  func values(text: String, seconds: TimeInterval?) throws {
    let headers: HTTPHeaders = [
      "retry-after": text, "Date": "Sun, 06 Nov 1994 08:48:37 GMT",
    ]
    #expect(headers.retryAfter(at: .distantPast) == seconds)
  }

  @Test("Without the server's clock the local one counts")
  func localClock() throws {
    let now = try #require(HTTPDate.parse("Sun, 06 Nov 1994 08:49:00 GMT"))
    let headers: HTTPHeaders = ["Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"]
    #expect(headers.retryAfter(at: now) == 37)
    #expect(HTTPHeaders().retryAfter(at: now) == nil)
  }
}
