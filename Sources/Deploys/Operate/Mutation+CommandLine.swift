extension Mutation {
  /// The `cdtop` command that would do the same, quoted for a POSIX shell.
  package var commandLine: String {
    (["cdtop"] + words).map(\.shellQuoted).joined(separator: " ")
  }

  private var words: [String] {
    switch self {
    case .dispatch(let request):
      ["dispatch", "\(request.service)@\(request.environment)"] + option("--ref", request.ref)
        + request.inputs.flatMap { ["-f", "\($0.name)=\($0.value)"] }
    case .retry(let request):
      ["retry", "\(request.run.id)"] + request.scope.options
        + (request.isDebug ? ["--debug"] : [])
    case .cancel(let request):
      ["cancel", "\(request.run.id)"] + (request.isForced ? ["--force"] : [])
    case .stopBuild(let request):
      ["stop-build", "\(request.build.id)@\(request.environment)"]
    case .review(let request):
      [request.isApproval ? "approve" : "reject", "\(request.run.id)"]
        + request.targets.flatMap { option("--environment", $0.name) }
        + (request.comment.isEmpty ? [] : option("--comment", request.comment))
    case .tag(let request):
      // The commit and not what it was chosen by, which may be another one by then.
      ["tag", "\(request.service)@\(request.environment)"] + option("--from", request.commit)
        + option("--tag", request.tag)
    }
  }

  /// An option with its value; as one word where the value could be taken for another option.
  private func option(_ name: String, _ value: String) -> [String] {
    value.hasPrefix("-") ? ["\(name)=\(value)"] : [name, value]
  }
}

extension RetryRequest.Scope {
  /// What says so on a command line.
  fileprivate var options: [String] {
    switch self {
    case .failedJobs: ["--failed"]
    case .allJobs: ["--all"]
    case .job(let id, _): ["--job", "\(id)"]
    }
  }
}

extension String {
  /// The text as one word of a shell's command line; as it is where that needs no quotes.
  ///
  /// What would not be seen, or would command a terminal when it is pasted, is written as octal
  /// numbers between `$'` and `'`, which POSIX has since 2024 and bash, zsh and ksh much longer.
  fileprivate var shellQuoted: String {
    if unicodeScalars.contains(where: \.isUnseen) {
      return "$'" + unicodeScalars.map(\.escaped).joined() + "'"
    }
    // A leading = is replaced by a path in zsh.
    let isPlain =
      !isEmpty && !hasPrefix("=")
      && unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          ? scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || "@%+=:,./-_".unicodeScalars.contains(scalar)
          : scalar.properties.isAlphabetic
      }
    return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}

extension Unicode.Scalar {
  /// Whether it has no sign of its own on a screen.
  fileprivate var isUnseen: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// How it is written between `$'` and `'`.
  fileprivate var escaped: String {
    if self == "\\" || self == "'" { return "\\\(self)" }
    guard isUnseen else { return String(Character(self)) }
    return String(Character(self)).utf8.map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    .joined()
  }
}
