import Foundation
import Transport

/// A part of a file, so that a broken download can go on where it stopped (RFC 9110, section 14).
enum ByteRange {
  static func answer(_ content: Data, headers: HTTPHeaders, to request: HTTPRequest)
    -> HTTPResponse
  {
    var headers = headers
    guard let text = request.headers["Range"], text.hasPrefix("bytes="),
      let range = range(of: text.dropFirst(6), count: content.count)
    else { return HTTPResponse(status: 200, headers: headers, body: content) }
    guard range.lowerBound < content.count else {
      return HTTPResponse(
        status: 416, headers: ["Content-Range": "bytes */\(content.count)"])
    }
    headers["Content-Range"] =
      "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(content.count)"
    return HTTPResponse(
      status: 206, headers: headers, body: Data(Array(content)[range]))
  }

  private static func range(of text: Substring, count: Int) -> Range<Int>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    if parts[0].isEmpty {
      guard let length = Int(parts[1]), length > 0 else { return nil }
      return max(0, count - length)..<count
    }
    guard let low = Int(parts[0]), low >= 0 else { return nil }
    let high = parts[1].isEmpty ? count - 1 : Int(parts[1]) ?? -1
    guard high >= low else { return low >= count ? low..<(low + 1) : nil }
    return low..<max(low + 1, min(high + 1, max(count, low + 1)))
  }
}
