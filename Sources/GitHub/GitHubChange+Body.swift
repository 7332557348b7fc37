import Foundation

extension GitHubChange {
  private struct Dispatch: Encodable {
    var ref: String
    var inputs: [String: String]?
    var returnRunDetails: Bool?

    enum CodingKeys: String, CodingKey {
      case ref, inputs
      case returnRunDetails = "return_run_details"
    }
  }

  private struct Rerun: Encodable {
    var enableDebugLogging = true

    enum CodingKeys: String, CodingKey {
      case enableDebugLogging = "enable_debug_logging"
    }
  }

  private struct Review: Encodable {
    var environmentIDs: [Int64]
    var state: String
    var comment: String

    enum CodingKeys: String, CodingKey {
      case state, comment
      case environmentIDs = "environment_ids"
    }
  }

  private struct Ref: Encodable {
    var ref: String
    var sha: String
  }

  /// What is sent.
  /// - Parameter namesRun: Whether a dispatch asks for the run that it starts.
  /// - Returns: The body; `nil` where the address says it all.
  func body(namesRun: Bool) -> String? {
    switch self {
    case .dispatch(_, _, let ref, let inputs):
      Self.text(
        Dispatch(
          ref: ref, inputs: inputs.isEmpty ? nil : inputs,
          returnRunDetails: namesRun ? true : nil))
    case .rerun(_, let isDebug), .rerunFailedJobs(_, let isDebug), .rerunJob(_, _, let isDebug):
      isDebug ? Self.text(Rerun()) : nil
    case .cancel, .forceCancel:
      nil
    case .review(_, let ids, let isApproval, let comment):
      Self.text(
        Review(
          environmentIDs: ids, state: isApproval ? "approved" : "rejected", comment: comment))
    case .createTag(_, let name, let commit):
      Self.text(Ref(ref: "refs/tags/\(name)", sha: commit))
    }
  }

  private static func text(_ body: some Encodable) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Text, whole numbers and truth values always have a form in JSON.
    return (try? encoder.encode(body)).map { String(decoding: $0, as: UTF8.self) }
  }
}
