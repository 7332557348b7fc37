import Transport

extension AWSError: CustomStringConvertible {
  /// What failed and where, in words for a person.
  package var message: String {
    switch self {
    case .noCredentials(let account, let reason, _):
      "no AWS credentials for \(account): \(reason)"
    case .badConfiguration(let file, let line, let reason, _):
      [file.map { file in line.map { "\(file):\($0)" } ?? file }, reason]
        .compactMap { $0 }.joined(separator: ": ")
    case .noRegion(let account):
      "no AWS region for \(account)"
    case .accessDenied(let call, let reason):
      Self.line("access denied: \(call.what)", call, reason)
    case .badCredentials(let call, let reason):
      Self.line("the access key was not accepted: \(call.what)", call, reason)
    case .expiredToken(let call, let reason):
      Self.line("the credentials have expired: \(call.what)", call, reason)
    case .signatureMismatch(let call, let reason, let skew):
      Self.line(
        "the signature was not accepted\(Self.clock(skew)): \(call.what)", call, reason)
    case .throttled(let call, let retryAfter):
      Self.line(
        "throttled: \(call.what)", call,
        retryAfter.map { "asks to wait \(Self.seconds($0)) s" } ?? "")
    case .notFound(let call, let what):
      Self.line("not found: \(what)", call, call.action)
    case .wrongRegion(let call, let right):
      Self.line(
        "wrong region: \(call.what)", call, right.map { "it is in \($0)" } ?? "it is elsewhere")
    case .refused(let call, let code, let reason):
      Self.line("refused (\(code)): \(call.what)", call, reason)
    case .server(let call, let status, let reason):
      Self.line("server error \(status): \(call.what)", call, reason)
    case .badPayload(let call, let reason):
      Self.line("an answer that makes no sense: \(call.what)", call, reason)
    case .transport(let call, let error):
      Self.line("\(error.message): \(call.what)", call, "")
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .noCredentials(_, _, let remedy), .badConfiguration(_, _, _, let remedy):
      remedy
    case .noRegion(let account):
      "Set `region` in the configuration's `aws` section, AWS_REGION, or `region` of the profile "
        + "(\(account))."
    case .accessDenied(let call, _):
      "Allow \(call.what) for this identity, or use another profile or role."
    case .badCredentials(let call, _):
      "Check that the key of \(call.account) is active and belongs to this partition and endpoint."
    case .expiredToken(let call, _):
      "Sign in again (such as `aws sso login`) or renew the session of \(call.account)."
    case .signatureMismatch(_, let reason, let skew):
      skew == nil && !Self.isAboutTime(reason)
        ? "Check the secret access key, and that no proxy changes the request."
        : "Set this machine's clock, such as with `sudo timedatectl set-ntp true`: AWS allows five "
          + "minutes."
    case .throttled:
      "It is worth another try a little later; poll less often if it stays."
    case .notFound(let call, _):
      "Check the name, and that it is in \(call.region) of the account of \(call.account)."
    case .wrongRegion(_, let right):
      right.map { "Set the environment's region to \($0), or keep the bucket in its region." }
        ?? "Set the region that the bucket is in."
    case .refused(let call, _, _):
      "AWS says why; check what is configured for \(call.account)."
    case .server:
      "It is worth another try; see the AWS Health Dashboard if it stays."
    case .badPayload(let call, _):
      "Check that \(call.host) is an AWS endpoint and no proxy or sign-in page."
    case .transport(_, let error):
      error.remedy
    }
  }

  /// The message and the remedy.
  package var description: String { "\(message). \(remedy)" }

  /// Whether AWS's words for refusing a signature are about the time in it.
  static func isAboutTime(_ reason: String) -> Bool {
    let words = [
      "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "Signature expired",
      "Signature not yet current",
    ]
    return words.contains { reason.contains($0) }
  }

  private static func line(_ head: String, _ call: AWSCall, _ reason: String) -> String {
    reason.isEmpty ? "\(head) (\(call.place))" : "\(head) (\(call.place)): \(reason)"
  }

  private static func clock(_ skew: Duration?) -> String {
    guard let skew else { return "" }
    let minutes = Int((skew.seconds / 60).rounded())
    return ", and this clock is \(abs(minutes)) min \(minutes > 0 ? "ahead of" : "behind") "
      + "the server's"
  }

  private static func seconds(_ duration: Duration) -> Int { Int(duration.seconds.rounded(.up)) }
}
