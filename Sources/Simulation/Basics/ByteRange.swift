import Foundation
import Transport

/// A part of a file, so that a broken download can go on where it stopped (RFC 9110, section 14).
enum ByteRange {
  /// Answers a request for a content.
  /// - Parameters:
  ///   - content: The whole content.
  ///   - headers: Fields of every answer; `ETag` and `Last-Modified` are what `If-Range` names.
  ///   - request: The request.
  /// - Returns: The head, and what of the content belongs behind it.
  static func answer(
    _ content: LazyContent, headers: HTTPHeaders, to request: HTTPRequest
  ) -> Reply {
    var headers = headers
    headers["Accept-Ranges"] = "bytes"
    guard let text = request.headers["Range"], text.hasPrefix("bytes="),
      isCurrent(request.headers["If-Range"], headers: headers),
      let range = range(of: text.dropFirst(6), count: content.count)
    else { return Reply(head: HTTPResponse(status: 200, headers: headers), body: content) }
    guard range.lowerBound < content.count else {
      headers["Content-Range"] = "bytes */\(content.count)"
      return Reply(head: HTTPResponse(status: 416, headers: headers), body: LazyContent(Data()))
    }
    headers["Content-Range"] =
      "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(content.count)"
    return Reply(head: HTTPResponse(status: 206, headers: headers), body: content.part(range))
  }

  /// Whether the content is still the one that a part was taken of; weak tags never say so.
  private static func isCurrent(_ validator: String?, headers: HTTPHeaders) -> Bool {
    guard let validator else { return true }
    return !validator.hasPrefix("W/")
      && (validator == headers["ETag"] || validator == headers["Last-Modified"])
  }

  /// One range; several at once are answered with the whole, as stores do.
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
