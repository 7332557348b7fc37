package import Foundation

/// One request to the simulator, as a log keeps it; never with a credential.
package struct RequestLogEntry: Sendable, Hashable {
  /// When it came.
  package var time: Date
  /// The method, such as `GET`.
  package var method: String
  /// Path and query; for AWS's JSON services the operation behind them.
  package var target: String
  /// The status of the answer, also of one that a fault kept from the client; 0 where none was made.
  package var status: Int
  /// Whether it counted against GitHub's hourly limit.
  package var isCharged: Bool
  /// Whether it asked for a change only.
  package var isConditional: Bool
  /// The size of the answer's body; bytes.
  package var responseBytes: Int
  /// `github`, `codebuild`, `s3`, `sts`, `logs` or `blobs`.
  package var service: String
  /// The body of a change, as sent; `nil` for what changes nothing.
  package var body: String?
  /// The effect of the fault that the request met; `nil` for none.
  package var fault: String?

  /// The entry as a line of JSON, in snake_case and without a line's end.
  package var jsonLine: String {
    var line: JSON = [
      "time": .string(Timestamp.isoOfStep(time).replacing(".000Z", with: fraction)),
      "service": .string(service), "method": .string(method), "target": .string(target),
      "status": .count(status), "is_charged": .bool(isCharged),
      "is_conditional": .bool(isConditional), "response_bytes": .count(responseBytes),
    ]
    if let body {
      let json = body.isEmpty ? nil : try? JSON(parsing: Data(body.utf8))
      line = line.adding(["is_change": true, "body": json ?? (body.isEmpty ? nil : .string(body))])
    }
    if let fault { line = line.adding(["fault": .string(fault)]) }
    return line.serialized
  }

  private var fraction: String {
    let milliseconds = String(1000 + Timestamp.fields(of: time).milliseconds)
    return ".\(milliseconds.dropFirst())Z"
  }
}
