/// A refusal of an AWS service, before it is put into the service's wire format.
struct AWSFailure: Error, Sendable {
  var status: Int
  var code: String
  var message: String

  /// A malformed or missing value.
  static func invalid(_ message: String) -> AWSFailure {
    AWSFailure(status: 400, code: "InvalidInputException", message: message)
  }
}
