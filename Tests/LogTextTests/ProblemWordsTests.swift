import Testing

@testable import LogText

@Suite("Problems by their words")
struct ProblemWordsTests {
  /// What a line tells of, as the pager draws it and as the jump finds it.
  private func told(_ line: String, sourceLocation: SourceLocation = #_sourceLocation)
    -> LogPager.Told?
  {
    var pager = LogPager("before\n\(line)\n", rows: 5)
    let told = pager.rows[1].told
    for (kind, isWanted) in [
      (LogPager.Problem.error, told == .error), (.warning, told == .warning),
      (.any, told != nil), (.markedError, false),
    ] {
      pager.settle { $0.goToTop() }
      pager.settle { $0.nextProblem(isBackward: false, kind: kind) }
      #expect(
        (pager.status.message == nil) == isWanted, "\(kind): \(line)",
        sourceLocation: sourceLocation)
    }
    return told
  }

  @Test(
    "What tools say of errors is one",
    arguments: [
      "main.c:3:5: error: expected ';'", "main.c:1:10: fatal error: 'x.h' file not found",
      "error: could not compile `shop` due to 2 previous errors", "error[E0308]: mismatched types",
      "src/app.ts(3,5): error TS2322: Type 'string' is not assignable",
      "src/app.ts:3:5 - error TS2322: Type 'string' is not assignable",
      "Program.cs(1,2): error CS0103: The name 'x' does not exist",
      "/src/Sources/A.swift:3:5: error: cannot find 'x' in scope",
      "collect2: error: ld returned 1 exit status", "app.py:3: error: Incompatible types",
      "npm ERR! code ELIFECYCLE", "npm error code 1", "#14 42.11 npm ERR! missing script: build",
      "error Command failed with exit code 1.", " ERR_PNPM_NO_LOCKFILE  Cannot install",
      "panic: runtime error: index out of range [3]", "--- FAIL: TestDeploy (0.01s)", "FAIL",
      "FAIL\tgithub.com/acme/shop\t0.012s", "FAIL src/cart.test.js",
      "fatal error: all goroutines are asleep - deadlock!",
      "thread 'main' panicked at src/main.rs:3:5:", "test cart::adds ... FAILED",
      "ERROR: failed to solve: process \"/bin/sh -c make\" did not complete successfully",
      "#9 ERROR: process \"/bin/sh -c make\" did not complete", "ERROR [3/5] RUN make",
      "Error response from daemon: manifest for a:b not found", "denied: requested access",
      "java.lang.IllegalStateException: no bean", "Caused by: java.io.IOException: broken pipe",
      "Exception in thread \"main\" java.lang.NullPointerException", "[ERROR] Failed to execute",
      "TypeError: Cannot read properties of null (reading 'x')", "AssertionError",
      "botocore.exceptions.NoCredentialsError: Unable to locate credentials",
      "E   AssertionError: assert 1 == 2", "FAILED tests/test_cart.py::test_add - assert 1 == 2",
      "tests/test_cart.py::test_add FAILED [ 70%]", "ERROR tests/test_cart.py - ImportError",
      "│ Error: creating ECS Service (shop): InvalidParameterException", "Error: No such file",
      "fatal: not a git repository (or any of the parent directories): .git",
      "make: *** [Makefile:3: all] Error 2", "CMake Error at CMakeLists.txt:3 (find_package):",
      "An error occurred (AccessDenied) when calling the PutObject operation: denied",
      "Failed to parse reports: An error occurred (AccessDenied) when calling X",
      "deploy.sh: line 3: kubectl: command not found", "/bin/sh: 1: jq: not found",
      "Error from server (NotFound): deployments.apps \"shop\" not found",
      "time=\"2026-11-23T04:03:53Z\" level=error msg=\"no such host\"",
      "{\"level\":\"error\",\"msg\":\"no such host\"}", "ERRO[0003] no such host",
      "2026-11-23 04:03:53,123 ERROR [main] c.a.Shop - boom", "curl: (22) The requested URL",
      "12:01:02 | CREATE_FAILED | AWS::ECS::Service | Service", "Segmentation fault",
      "  12:5  error  'x' is not defined  no-undef", "\u{1B}[31merror:\u{1B}[0m no such command",
      "[runner-container-hooks] FATAL: TypeError: Cannot read properties",
    ])
  func errors(_ line: String) {
    for prefix in ["", "2026-11-23T04:03:53.1234567Z ", "[Container] 2026/11/23 04:03:53.123456 "] {
      #expect(told(prefix + line) == .error, "\(prefix + line)")
    }
  }

  @Test(
    "What tools say of warnings is one",
    arguments: [
      "main.c:3:5: warning: unused variable 'x'", "warning: unused variable: `x`",
      "npm WARN deprecated request@2.88.2", "npm warn deprecated request@2.88.2",
      "WARNING: The script ninja is installed in '/x' which is not on PATH.",
      "(node:12) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.",
      "/x/download.py:1132: FutureWarning: `resume_download` is deprecated", "[WARNING] old",
      "WARNING! Your password will be stored unencrypted", "│ Warning: Deprecated attribute",
      "2026-11-23 04:03:53,123 WARN  [main] c.a.Shop - hm", "level=warning msg=hm", "W: GPG error",
      "  12:5  warning  Unexpected console statement  no-console", "zip warning: zip file empty",
    ])
  func warnings(_ line: String) {
    #expect(told(line) == .warning, "\(line)")
    #expect(told("2026-11-23T04:03:53.1234567Z " + line) == .warning, "\(line)")
  }

  @Test(
    "A line that merely speaks of errors is none",
    arguments: [
      "0 errors", "error_count=0", "errors: 0", "Errors: 0, Skipped: 0", "0 errors, 0 warnings",
      "Tests run: 2, Failures: 0, Errors: 0, Skipped: 0", "Cache read errors                     0",
      "src/error.ts", "  inflating: build/bin/c10_exception_test", "fail-fast: false",
      "  if-no-files-found: error", "  if-no-files-found: warn", "  continue-on-error: false",
      "  warning_on_retry: true", "CONTINUE_THROUGH_ERROR=False", "error: 0", "Error: none",
      "  echo \"ERROR: unknown distribution\"", "+ echo 'error: no such file'", "warnings: 0",
      "# would be missing (ERR!), for example:", "    raise TypeError(\"unhashable\")",
      "shell: /usr/bin/bash --noprofile --norc -e -o pipefail {0}", "Compiling errors.rs",
      "hint: of your new repositories, which will suppress this warning, call:", "no error",
      "test_error_handling PASSED", "ok: error handling works", "PASS src/errors.test.js",
      "Running command echo error: x", "error handling is tested", "Error handling: enabled",
      "Error reporting enabled", "ERROR SUMMARY: 0 errors from 0 contexts", "Failsafe: on",
      "dynamo/test_exceptions 1/1 was successful", "OnError: false", "FAILOVER ready",
      "Container: web", "shop.Service: started", "error", "warning", "panic", "fatal",
    ])
  func innocent(_ line: String) {
    #expect(told(line) == nil, "\(line)")
    #expect(told("2026-11-23T04:03:53.1234567Z " + line) == nil, "\(line)")
  }

  @Test("What the log marks is what the mark says, whatever the words")
  func marks() {
    let pager = LogPager("##[notice]error: x\n##[group]error: x\n##[warning]Error: x\n[command]x\n")
    #expect(pager.rows.allSatisfy { $0.told == nil })
    #expect(pager.status.errorCount == 0)
    var marked = LogPager("error: words\n##[error]mark\n", rows: 5)
    marked.settle { $0.nextProblem(isBackward: false, kind: .markedError) }
    #expect(marked.cursorText == "Error: mark")
    marked.settle { $0.nextProblem(isBackward: false, kind: .error) }
    #expect(marked.cursorText == "error: words")
    #expect(marked.status.errorCount == 1, "what is counted is what the log marks")
  }

  @Test("The last line of a traceback is an error, whatever its class is called")
  func tracebacks() {
    let trace = """
      Traceback (most recent call last):
        File "app.py", line 3, in <module>
          run()
      \(["jinja2.exceptions.TemplateNotFound: base.html", "web: ok", "Name: not in a traceback"]
        .joined(separator: "\n"))
      """
    for prefix in ["", "2026-11-23T04:03:53.1234567Z "] {
      let text = trace.split(separator: "\n").map { prefix + $0 }.joined(separator: "\n")
      var pager = LogPager(text, rows: 20)
      #expect(pager.rows.map(\.told) == [nil, nil, nil, .error, nil, nil])
      pager.settle { $0.nextProblem(isBackward: true, kind: .error) }
      #expect(pager.cursorText == "jinja2.exceptions.TemplateNotFound: base.html")
    }
  }

  @Test("Words are found across blocks, forward and backward, and only in lines that are shown")
  func largeLog() throws {
    var lines = (0..<40_000).map {
      "2026-11-23T04:03:53.1234567Z line \($0) of the build, 0 errors"
    }
    let places = [3, 9_000, 9_001, 39_999]
    for place in places { lines[place] = "2026-11-23T04:03:53.1234567Z npm ERR! \(place)" }
    var pager = LogPager(lines.joined(separator: "\n"), rows: 5)
    for place in places {
      pager.settle { $0.nextProblem(isBackward: false, kind: .error) }
      #expect(pager.cursorText == "npm ERR! \(place)")
    }
    for place in places.dropLast().reversed() {
      pager.settle { $0.nextProblem(isBackward: true, kind: .any) }
      #expect(pager.cursorText == "npm ERR! \(place)")
    }
    pager.settle { $0.filter(try? LogPattern("900[1-9]", isRegex: true)) }
    pager.settle { $0.nextProblem(isBackward: false, kind: .error) }
    #expect(pager.cursorText == "npm ERR! 9001")
  }

  @Test("The rules are regular expressions")
  func patterns() {
    #expect(ProblemWords(isSearching: true) != nil)
  }

  @Test(
    "Real logs tell of what went wrong in them, and of nothing else",
    .enabled(if: RealLogs.folder != nil, "the logs are not beside the package"))
  func realLogs() throws {
    let wanted = [
      "gha-dirty_checkout.log": (3, 0), "gha-docker_manifest_unknown.log": (3, 0),
      "gha-error_log1.log": (6, 6), "gha-error_log_multiple_matches.log": (15, 0),
      "gha-gha_operation_canceled.log": (0, 1), "gha-gha_timeout.log": (1, 0),
      "gha-infra_osdc_pod_failure.log": (3, 0), "gha-lint_lintrunner.log": (0, 14),
      "gha-s3_access_denied.log": (0, 1),
    ]
    for (name, file) in try RealLogs.files() {
      let pager = LogPager(opening: file, columns: 100, rows: 10_000)
      let told = pager.rows.compactMap(\.told)
      let (errors, warnings) = wanted[name] ?? (0, 0)
      #expect(told.count { $0 == .error } == errors, "\(name)")
      #expect(told.count { $0 == .warning } == warnings, "\(name)")
    }
  }
}
