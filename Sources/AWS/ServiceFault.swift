import Foundation
import Transport

/// An answer that is no success, read as far as it can be.
///
/// JSON (CodeBuild, SSO), XML (S3, STS), HTML (stand-ins and proxies) and no body at all (HEAD) occur.
struct ServiceFault: Equatable {
  var status: Int
  /// AWS's code, without namespace; `nil` where the answer has none.
  var code: String?
  /// The first line of what the server says, shortened.
  var reason: String
  /// The region that the server names instead.
  var region: String?
  /// The server's clock.
  var date: Date?
  /// How long the server asks to be left alone.
  var retryAfter: Duration?

  init(_ response: HTTPResponse) {
    status = response.status
    date = response.headers["Date"].flatMap(HTTPDate.parse)
    retryAfter = response.headers["Retry-After"].flatMap { Int($0) }.map { .seconds($0) }
    region = response.headers["x-amz-bucket-region"]
    let start = response.body.first { !" \t\r\n".utf8.contains($0) }
    var message: String?
    switch start {
    case UInt8(ascii: "{"):
      let body = try? JSONDecoder().decode(Body.self, from: response.body)
      code = body?.type ?? body?.code
      message = body?.message ?? body?.capitalMessage
    case UInt8(ascii: "<"):
      code = XMLText.first("Code", in: response.body)
      message = XMLText.first("Message", in: response.body)
      region = region ?? XMLText.first("Region", in: response.body)
      if code == nil { message = Self.title(response.body) }
    default:
      message = response.body.isEmpty ? nil : String(decoding: response.body, as: UTF8.self)
    }
    code = Self.bare(code ?? response.headers["x-amzn-ErrorType"])
    reason = Self.firstLine(message ?? "")
  }

  private struct Body: Decodable {
    var type: String?
    var code: String?
    var message: String?
    var capitalMessage: String?

    enum CodingKeys: String, CodingKey {
      case type = "__type"
      case code
      case message
      case capitalMessage = "Message"
    }
  }

  /// A code without `namespace#` before it and `:address` after it.
  private static func bare(_ code: String?) -> String? {
    guard let code else { return nil }
    let name = code.split(separator: "#").last ?? ""
    let bare = name.prefix { $0 != ":" }.trimmingCharacters(in: .whitespaces)
    return bare.isEmpty ? nil : bare
  }

  private static func title(_ html: Data) -> String {
    let title = XMLText.first("title", in: html)
    return title.map { "not an AWS answer but a page: \($0)" } ?? "not an AWS answer but a page"
  }

  /// The first line only: signature errors go on with the whole request, session token included.
  private static func firstLine(_ text: String) -> String {
    var line = text.drop(while: \.isWhitespace).prefix { !$0.isNewline }
    while let last = line.last, last == "." || last.isWhitespace { line = line.dropLast() }
    return line.count > 300 ? "\(line.prefix(300))…" : String(line)
  }
}
