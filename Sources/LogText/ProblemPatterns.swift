/// The words by which tools tell of problems, as regular expressions over bytes.
enum ProblemPatterns {
  /// A line that tells of an error.
  static let errors = CompiledPattern(ofBytes: line(errorBeginnings, bareErrors, errorMiddles))
  /// A line that tells of a warning, if it does not tell of an error.
  static let warnings = CompiledPattern(
    ofBytes: line(warningBeginnings, bareWarnings, warningMiddles))
  /// A line that may be the last one of a Python traceback: a class, and what is said of it.
  static let tracebackEnds = CompiledPattern(ofBytes: "^\(tracebackEnd)")
  /// The beginning of a line that may tell of a problem.
  static let beginnings = CompiledPattern(
    ofBytes: "^(?:\(prefix)(?:\(any(errorBeginnings + warningBeginnings)))"
      + "|\(any(bareBeginnings))|\(tracebackEnd))")
  /// What stands in every line that tells of a problem by a place within it; each is found fast, as
  /// it has letters that are always there.
  static let middles = [
    "(?i:rror)(?:\(code):[ ]| occurred \\(|\\)$)", "(?i:arning)\(code):[ ]", "xception\\)$",
    "level=", "level\":", "severity\":", "_FAILED",
  ].map(CompiledPattern.init(ofBytes:))

  private static let tracebackEnd = #"(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?::[ ]|$)"#

  /// What may stand before the words: a step of BuildKit, a box's edge, a time, names in brackets.
  private static let prefix =
    #"(?>[ \t]*(?:#\d+ (?:\d+\.\d+ )?)?(?:\xE2\x94\x82[ \t]*)?"#
    + #"(?:\d[\d:/.,TZ+-]{4,40}[ \t]+){0,2}"#
    + #"(?:\[(?!(?i:error|err|fatal|severe|critical|warn|warning)\])[^\]\n]{1,40}\][ \t]*){0,2})"#

  /// Beginnings of lines before which nothing else stands.
  private static let bareBeginnings = bareErrors + bareWarnings

  private static let bareErrors = [
    #"\d{2,4}[-/:]\d\d[-/:]\d\d[^\n]{0,60}?[ \[|](?:ERROR|FATAL|CRITICAL|SEVERE|PANIC)[\] :|]"#,
    #"[ ]+\d+:\d+[ ]+error[ ]"#,
  ]

  private static let bareWarnings = [
    #"\d{2,4}[-/:]\d\d[-/:]\d\d[^\n]{0,60}?[ \[|]WARN(?:ING)?[\] :|]"#,
    #"[ ]+\d+:\d+[ ]+warning[ ]"#,
  ]

  /// Lines that quote a script, or say what is about to be run.
  private static let quoted =
    #"(?:[ \t]*+(?:\+{1,9} |@?echo |printf |# |#$|//|\$ )|Running command )"#

  /// A value that says that there is no problem.
  private static let nothing = #"(?![ \t]*+(?i:0|no|none|null|nil|false|true|\{\}|\[\])[ \t,.]*$)"#

  /// The number of an error, as compilers give it.
  private static let code = #"(?:[ ]?\[?[A-Z]{1,8}[0-9]{1,6}\]?)?"#

  private static let errorBeginnings = [
    #"(?i:(?:fatal |internal |runtime |syntax |parse )?error)"# + code + #":[ ]"# + nothing,
    #"(?:Error|ERROR):$"#,
    #"(?i:fatal):[ ]"#,
    #"[a-z][\w.-]{0,40} (?:fatal )?error:[ ]"# + nothing,
    // Levels of logging libraries.
    #"ERROR[ \t:|\[-](?!COUNT|SUMMARY|RATE)"#,
    #"(?:SEVERE|CRITICAL|FATAL|PANIC)(?:[ ]?[:|\]]|[ ]-)"#,
    #"(?:ERRO|FATA|PANI)\["#,
    #"\[(?i:error|err|fatal|severe|critical)\][ \t]*+\S"#,
    // JavaScript.
    #"npm (?:ERR!|error)(?:[ ]|$)"#, #"(?:ERR!|ERR_PNPM_)"#,
    #"error (?:Command failed|An unexpected error)"#,
    #"Uncaught (?:\w*Error|Exception)|\(node:\d++\) UnhandledPromise"#,
    // Exceptions of Python, Java, JavaScript, .NET and the like.
    #"(?:[A-Za-z_][\w$]*\.)*[A-Z][\w$]*(?:Error|Exception)(?::[ ]"# + nothing + #"|$)"#,
    #"(?:[a-z_]\w*\.)+[A-Z]\w*(?:Timeout|Exit|Failure|Fault|Interrupt):[ ]"#,
    #"E[ ]{2,8}(?:[\w.]*(?:Error|Exception)|assert|Failed:)"#,
    #"KeyboardInterrupt$|Exception in thread |Caused by:[ ]|Unhandled [Ee]xception"#,
    #"Fatal Python error"#,
    // Go and Rust.
    #"panic:[ ]|fatal error:[ ]|goroutine \d++ \[running\]"#,
    #"thread '[^'\n]*' (?:\(\d++\) )?panicked at "#,
    // Tests.
    #"--- FAIL:[ ]|FAIL(?::?[ \t]|:?$)"#,
    #"FAILED(?:[ \t:\[(]|$)|FAILURE:|FAILURES!|Failed!"#,
    #"\S{1,300}?::\S{1,300} (?:FAILED|ERROR)\b"#,
    #"test [^\n]{1,200} \.\.\. FAILED$|test result: FAILED"#,
    #"\xE2\x9C\x98 "#,
    // Building.
    #"g?make(?:\[\d++\])?: \*\*\* |ninja: build stopped|CMake Error|BUILD FAIL|Build FAILED"#,
    #"> Task \S++ FAILED|PHP (?:Fatal|Parse) error:|e: (?:file:|/)|E:[ ]"#,
    // Docker, Kubernetes, Terraform, AWS.
    #"Error (?:response from|from server|in|while|during|occurred|running|building|loading)\b"#,
    #"Error (?!handling|reporting|logging)(?:[a-z]++ing)\b|denied:[ ]|unauthorized:[ ]"#,
    #"Failed to [a-z]|Unable to (?:locate credentials|connect to )"#,
    // Shells and small programs.
    #"[\w./-]{1,120}: (?:line )?\d++: [^\n]{1,200}?(?:not found|No such file or directory"#
      + #"|Permission denied|unbound variable)$"#,
    #"Segmentation fault|Bus error|Killed$|Aborted(?: \(core dumped\))?$|curl: \(\d++\) "#,
  ]

  private static let errorMiddles = [
    // A compiler's, behind the place in a file, and a program's, behind its name.
    #"(?<=: |\) |- )(?:fatal |internal |syntax )?error"# + code + #":[ ]"# + nothing,
    #"(?<=: |\) |- )(?:Error|ERROR):[ ](?=\S)"# + nothing,
    #"An error occurred \("#,
    #"\blevel=\"?(?:error|fatal|panic)\b"#,
    #"\"(?:level|severity)\":[ ]?\"(?i:error|fatal|critical)\""#,
    #"\b(?:CREATE|UPDATE|DELETE|ROLLBACK)_FAILED\b"#,
    #"\([A-Z][\w:]*(?:Error|Exception)\)$"#,
  ]

  private static let warningBeginnings = [
    #"(?i:warn(?:ing)?)"# + code + #":[ ]"# + nothing,
    #"(?:Warning|WARNING):$"#,
    #"[a-z][\w.-]{0,40} warning:[ ]"# + nothing,
    #"WARN(?:ING)?[ \t|\[!-]|Warning (?:\(|!)"#,
    #"\[(?i:warn|warning)\][ \t]*+\S"#,
    #"npm (?:WARN|warn)[ ]"#,
    #"CMake (?:Deprecation )?Warning|PHP Warning:|w: (?:file:|/)|W:[ ]"#,
    #"(?:[A-Za-z_]\w*\.)*[A-Z]\w*Warning:[ ]"#,
  ]

  private static let warningMiddles = [
    #"(?<=: |\) |- |\] )(?:\w*Warning|warning|WARNING)"# + code + #":[ ]"# + nothing,
    #"\blevel=\"?warn(?:ing)?\b"#,
    #"\"(?:level|severity)\":[ ]?\"(?i:warn|warning)\""#,
  ]

  private static func any(_ rules: [String]) -> String { rules.joined(separator: "|") }

  private static func line(
    _ beginnings: [String], _ bare: [String], _ middles: [String]
  ) -> String {
    "^(?!\(quoted))(?:\(prefix)(?:\(any(beginnings)))|\(any(bare))|[^\\n]*?(?:\(any(middles))))"
  }
}
