import Settings
import Testing

/// A text that is refused for one reason.
struct Refused: Sendable, CustomTestStringConvertible {
  let text: String
  let line: Int?
  let column: Int?
  let key: String?
  let problem: String
  let remedy: String

  init(
    _ text: String, at line: Int? = nil, _ column: Int? = nil, key: String? = nil,
    _ problem: String, remedy: String = ""
  ) {
    self.text = text
    self.line = line
    self.column = column
    self.key = key
    self.problem = problem
    self.remedy = remedy
  }

  var testDescription: String { "\(key ?? "-"): \(problem)" }
}

@Suite("A configuration that is refused")
struct ConfigurationProblemTests {
  /// A file whose lines 1 and 2 are about GitHub; an environment follows from line 4.
  private static func environment(_ lines: String...) -> String {
    "github:\n  repositories: [acme/shop]\nenvironments:\n"
      + lines.map { "    \($0)\n" }.joined().replacing("    - ", with: "  - ")
  }

  private static func gitHub(_ line: String) -> String {
    "github:\n  \(line)\nenvironments: [{name: dev, workflow: dev}]\n"
  }

  static let unknownKeys = [
    Refused(
      soundText + "pooling: {}\n", at: 6, 1, key: "pooling", "unknown key",
      remedy: "Did you mean `polling`?"),
    Refused(
      gitHub("apiUrl: https://x.test\n  repositories: [a/b]"), at: 2, 3, key: "github.apiUrl",
      "unknown key", remedy: "Did you mean `api_url`?"),
    Refused(
      environment("- name: dev", "workflow: dev", "region: eu-west-1"), at: 6, 5,
      key: "environments[].region", "unknown key here",
      remedy: "`region` belongs under `environments[].aws`."),
    Refused(
      environment("- name: dev", "workflow: dev", "aws: {colour: red}"), at: 6, 11,
      key: "environments[].aws.colour", "unknown key",
      remedy: "Known here: `profile`, `region`, `role_arn`, `endpoint_url`."),
    Refused(
      soundText + "\"a\\eb\": 1\n", at: 6, 1, key: "a\\u{1B}b", "unknown key", remedy: "Known here"),
    Refused(
      gitHub("repositories: [a/b]\n  repositories: [c/d]"), at: 3, 3, key: "repositories",
      "written twice; the first is on line 2", remedy: "Keep one"),
    Refused(
      environment("- {name: dev, workflow: dev, aws: {region: a-b, region: c-d}}"), at: 4, 38,
      key: "region", "written twice", remedy: "Keep one"),
  ]

  static let types = [
    Refused("[a, b]", at: 1, 1, "a section is needed here, and this is a list"),
    Refused("hello", at: 1, 1, "a section is needed here, and this is a single value"),
    Refused(
      soundText + "board: 3\n", at: 6, 8, key: "board",
      "a section is needed here, and this is a single value"),
    Refused(
      gitHub("repositories: acme/shop"), at: 2, 17, key: "github.repositories",
      "a list of `owner/name` is needed, and this is a single value",
      remedy: "Write for example `repositories: [acme/shop, acme/web]`."),
    Refused(
      gitHub("repositories: [[a/b]]"), at: 2, 18, key: "github.repositories",
      "a single value is needed, and this is a list"),
    Refused(
      gitHub("repositories:"), at: 2, nil, key: "github.repositories",
      "a list of `owner/name` is needed, and this is nothing"),
    Refused(
      gitHub("repositories: []"), at: 2, 17, key: "github.repositories", "the list is empty"),
    Refused(
      "github: {repositories: [a/b]}\nenvironments: []\n", at: 2, 15, key: "environments",
      "the list is empty"),
    Refused(
      "github: {repositories: [a/b]}\nenvironments: {dev: x}\n", at: 2, 15, key: "environments",
      "a list of sections is needed, and this is a section"),
    Refused(
      "github: {repositories: [a/b]}\nenvironments: [dev]\n", at: 2, 16, key: "environments",
      "a section is needed here, and this is a single value"),
    Refused(
      environment("- name: {a: b}", "workflow: dev"), at: 4, 11, key: "environments[].name",
      "a single value is needed, and this is a section"),
    Refused(
      environment("- name: dev", "workflow: dev", "protected:"), at: 6, nil,
      key: "environments[].protected", "has no value", remedy: "Leave the line out"),
    Refused(
      environment("- name: ''", "workflow: dev"), at: 4, 11, key: "environments[].name",
      "has no value", remedy: "Give a name of one line."),
    Refused(
      environment("- name: dev", "workflow: dev", "protected: maybe"), at: 6, 16,
      key: "environments[].protected", "neither true nor false: maybe"),
    Refused(
      soundText + "board: {recent: many}\n", at: 6, 17, key: "board.recent",
      "not a whole number from 0 to 100: many", remedy: "Write for example `20`."),
    Refused(
      soundText + "polling: {active_seconds: 0}\n", at: 6, 27, key: "polling.active_seconds",
      "not a whole number from 1 to 3600: 0"),
    Refused(
      soundText + "stuck: {no_runner_minutes: 1.5}\n", at: 6, 28, key: "stuck.no_runner_minutes",
      "not a whole number from 1 to 1440: 1.5"),
    Refused(
      soundText + "board: {glyphs: asci}\n", at: 6, 17, key: "board.glyphs",
      "not a choice of glyphs: asci", remedy: "Did you mean `ascii`?"),
  ]

  static let missing = [
    Refused(
      "# nothing\n", at: nil, nil, "the file says nothing", remedy: "repositories: [acme/shop"),
    Refused("", at: nil, nil, "the file says nothing", remedy: "repositories: [acme/shop"),
    Refused(
      "environments: [{name: dev, workflow: dev}]\n", at: 1, 1, key: "github", "missing",
      remedy: "api_url: https://api.github.com"),
    Refused(
      "github: {repositories: [a/b]}\n", at: 1, 1, key: "environments", "missing",
      remedy: "- name: dev"),
    Refused(
      gitHub("api_url: https://api.github.com"), at: 2, 3, key: "github.repositories", "missing",
      remedy: "Add it, for example `repositories: [acme/shop, acme/web]`."),
    Refused(environment("- workflow: dev"), at: 4, 5, key: "environments[].name", "missing"),
    Refused(environment("- name: dev"), at: 4, 5, key: "environments[].workflow", "missing"),
  ]

  static let values = [
    Refused(
      environment("- name: dev", "workflow: a", "- name: dev", "workflow: b"), at: 6, 11,
      key: "environments[].name", "two environments are called dev; the first is on line 4"),
    Refused(
      environment("- name: \"a\\nb\"", "workflow: a"), at: 4, 11, key: "environments[].name",
      "not a name of one line: a\\u{A}b"),
    Refused(
      environment("- name: dev", "workflow: ^(action"), at: 5, 15, key: "environments[].workflow",
      "not a regular expression: expected ')': ^(action", remedy: "single quotes"),
    Refused(
      gitHub("repositories: [a/b, shop]"), at: 2, 23, key: "github.repositories",
      "not `owner/name`: shop"),
    Refused(
      gitHub("repositories: [\"a/b\\u202E\"]"), at: 2, 18, key: "github.repositories",
      "not `owner/name`: a/b\\u{202E}"),
    Refused(
      gitHub("repositories: [https://github.com/acme/shop.git]"), at: 2, 18,
      key: "github.repositories", "not `owner/name` but a URL", remedy: "Write `acme/shop`."),
    Refused(
      gitHub("repositories: [acme/shop, Acme/Shop]"), at: 2, 29, key: "github.repositories",
      "Acme/Shop is listed twice"),
    Refused(
      environment("- name: dev", "workflow: a", "marker: s3://bucket"), at: 6, 13,
      key: "environments[].marker", "not `s3://bucket/key`"),
    Refused(
      environment("- name: dev", "workflow: a", "marker: \"s3://b/{nonsense}\""), at: 6, 13,
      key: "environments[].marker", "a word in braces that is not known: s3://b/{nonsense}",
      remedy: "`{build_uuid}`"),
    Refused(
      environment("- name: dev", "workflow: a", "aws: {region: evil.test/}"), at: 6, 19,
      key: "environments[].aws.region", "not a region's name: evil.test/"),
    Refused(
      environment("- name: dev", "workflow: a", "aws: {role_arn: read}"), at: 6, 21,
      key: "environments[].aws.role_arn", "not the ARN of an IAM role: read"),
  ]

  static let tags = [
    Refused(
      environment("- name: dev", "workflow: a", "tag: '{service}-{date}'"), at: 6, 10,
      key: "environments[].tag", "not a template of a tag's name: {service}-{date}",
      remedy: "Write `{number}` once"),
    Refused(
      environment("- name: dev", "workflow: a", "tag: 'v {number}'"), at: 6, 10,
      key: "environments[].tag", "not a template of a tag's name"),
    Refused(
      environment("- name: dev", "workflow: a", "tag: '{colour}-{number}'"), at: 6, 10,
      key: "environments[].tag", "not a template of a tag's name: {colour}-{number}",
      remedy: "`{service}-{environment}-{date}-{number}`"),
    Refused(
      environment("- name: dev", "workflow: a", "tag: {service}-{number}"), at: 6, nil,
      "not YAML", remedy: "quote text that begins with one of"),
    Refused(
      environment(
        "- name: dev", "workflow: a", "tag: 'v{number}'", "- name: prd", "workflow: b",
        "tag: 'v{number}'"), at: 9, 10, key: "environments[].tag",
      "its tags cannot be told from those of dev", remedy: "Put `{environment}` into it"),
  ]

  static let readOnly = [
    Refused(
      soundText + "read_only: never\n", at: 6, 12, key: "read_only",
      "neither true nor false: never", remedy: "Write `true` or `false`."),
    Refused(
      environment("- name: dev", "workflow: a", "read_only: [true]"), at: 6, 16,
      key: "environments[].read_only", "a single value is needed, and this is a list"),
    Refused(
      soundText + "readonly: true\n", at: 6, 1, key: "readonly", "unknown key",
      remedy: "Did you mean `read_only`?"),
    Refused(
      soundText + "time_zone: Asia/Soul\n", at: 6, 12, key: "time_zone",
      "not a time zone: Asia/Soul", remedy: "Did you mean `Asia/Seoul`?"),
    Refused(
      soundText + "time_zone: Nowhere/AtAll\n", at: 6, 12, key: "time_zone",
      "not a time zone: Nowhere/AtAll", remedy: "Write for example `Asia/Seoul` or `UTC`."),
    Refused(
      soundText + "time_zone: ../etc/passwd\n", at: 6, 12, key: "time_zone", "not a time zone"),
    Refused(
      soundText + "time_zone:\n", at: 6, nil, key: "time_zone", "has no value",
      remedy: "Leave the line out"),
  ]

  static let notices = [
    Refused(
      soundText + "notices: {bell: loud}\n", at: 6, 17, key: "notices.bell",
      "neither true nor false: loud"),
    Refused(
      soundText + "notices: {desktop: 1}\n", at: 6, 20, key: "notices.desktop",
      "neither true nor false: 1"),
    Refused(
      soundText + "notices: {on_event: notify-deploys}\n", at: 6, 21, key: "notices.on_event",
      "a list of words: a program and its arguments is needed, and this is a single value",
      remedy: "Write for example `on_event: [notify-deploys, --quiet]`."),
    Refused(
      soundText + "notices: {on_event: []}\n", at: 6, 21, key: "notices.on_event",
      "the list is empty", remedy: "Leave the line out."),
    Refused(
      soundText + "notices: {on_event: [notify, \"a\\0b\"]}\n", at: 6, 30,
      key: "notices.on_event", "an argument cannot hold a NUL"),
    Refused(
      soundText + "notices: {on_event: [['sh']]}\n", at: 6, 22, key: "notices.on_event",
      "a single value is needed, and this is a list"),
    Refused(
      soundText + "notices: {webhook_variable: MY-HOOK}\n", at: 6, 29,
      key: "notices.webhook_variable", "not the name of an environment variable",
      remedy: "`CDTOP_SLACK_WEBHOOK`"),
    Refused(
      soundText + "notices: {webhook_varable: X}\n", at: 6, 11, key: "notices.webhook_varable",
      "unknown key", remedy: "Did you mean `webhook_variable`?"),
    Refused(
      soundText + "bell: false\n", at: 6, 1, key: "bell", "unknown key here",
      remedy: "`bell` belongs under `notices`."),
  ]

  static let urls = [
    Refused(
      gitHub("api_url: ftp://x.test\n  repositories: [a/b]"), at: 2, 12, key: "github.api_url",
      "not an http or https URL", remedy: "https://api.github.com"),
    Refused(
      gitHub("api_url: api.github.com\n  repositories: [a/b]"), at: 2, 12, key: "github.api_url",
      "not an http or https URL"),
    Refused(
      gitHub("api_url: \"https://x y\"\n  repositories: [a/b]"), at: 2, 12, key: "github.api_url",
      "not an http or https URL"),
    Refused(
      gitHub("api_url: https:///api\n  repositories: [a/b]"), at: 2, 12, key: "github.api_url",
      "the URL names no host"),
    Refused(
      gitHub("api_url: https://x.test:70000\n  repositories: [a/b]"), at: 2, 12,
      key: "github.api_url", "a port that cannot be"),
    Refused(
      gitHub("api_url: https://x.test/?a=b\n  repositories: [a/b]"), at: 2, 12,
      key: "github.api_url", "the URL has a query"),
    Refused(
      gitHub("api_url: https://github.com/\n  repositories: [a/b]"), at: 2, 12,
      key: "github.api_url", "this is GitHub's page, not its API",
      remedy: "Write `https://api.github.com`."),
    Refused(
      environment("- name: dev", "workflow: a", "aws: {endpoint_url: localhost:5000}"), at: 6, 25,
      key: "environments[].aws.endpoint_url", "not an http or https URL"),
  ]

  static let syntax = [
    Refused("github: [a/b\nenvironments: x\n", at: 2, nil, "not YAML", remedy: "Check"),
    Refused("github:\n\trepositories: []\n", at: 2, 1, "not YAML", remedy: "Indent with spaces"),
    Refused("a: 1\n---\nb: 2\n", at: 2, 1, "not YAML: expected a single document"),
    Refused(
      "environments:\n  - workflow: *dev\n", at: 2, 15, "not YAML: found undefined alias",
      remedy: "quote text that begins with one of *"),
    Refused("a: 1\nbc\u{1}d: 1\n", at: 2, 3, "not YAML: control characters", remedy: "Take"),
  ]

  @Test(
    "is refused with its line, its key and a remedy",
    arguments: unknownKeys + types + missing + values + tags + readOnly + notices + urls + syntax)
  func isRefused(refused: Refused) throws {
    let found = problems(refused.text)
    let problem = try #require(found.first)
    #expect(found.count == 1, "\(found.map(\.message))")
    #expect(problem.file == "config.yaml")
    if let line = refused.line { #expect(problem.line == line) }
    if let column = refused.column { #expect(problem.column == column) }
    #expect(problem.key == refused.key)
    #expect(problem.problem.contains(refused.problem), "\(problem.problem)")
    #expect(problem.remedy.contains(refused.remedy), "\(problem.remedy)")
    #expect(!problem.remedy.isEmpty)
  }

  @Test("Every problem is reported at once, in the order of the lines")
  func allAtOnce() throws {
    let text = """
      github:
        repositories: [acme/shop, nonsense]
        api_url: ftp://x.test
      environments:
        - name: dev
          workflow: (
          aws: {regoin: eu-west-1}
        - workflow: b
      bord: {}
      """
    #expect(
      problems(text).map(\.message) == [
        "config.yaml:2:29: github.repositories: not `owner/name`: nonsense",
        "config.yaml:3:12: github.api_url: not an http or https URL",
        "config.yaml:6:15: environments[].workflow: not a regular expression: expected ')': (",
        "config.yaml:7:11: environments[].aws.regoin: unknown key",
        "config.yaml:8:5: environments[].name: missing",
        "config.yaml:9:1: bord: unknown key",
      ])
  }

  @Test("Messages hold one line a problem, and each remedy once")
  func messageAndRemedy() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationFile.parse(
        "github: {repositories: [a, b]}\nenvironments: [{name: d, workflow: d}]", file: "f")
    }
    #expect(
      error.message == """
        f:1:25: github.repositories: not `owner/name`: a
        f:1:28: github.repositories: not `owner/name`: b
        """)
    #expect(error.remedy == "Write for example `acme/shop`.")
  }

  @Test("Nothing from the file reaches a message as a control or invisible character")
  func sanitised() {
    let text =
      "github: {repositories: [\"a\\e[31m\\u202Eb\"]}\n"
      + "\"\\a\\u0085\": 1\nenvironments: [{name: \"x\\0y\", workflow: \"(\\e]0;t\\a\"}]\n"
    let found = problems(text)
    #expect(found.count == 4)
    for scalar in found.flatMap({ ($0.message + $0.remedy).unicodeScalars }) {
      let category = scalar.properties.generalCategory
      #expect(category != .control && category != .format)
    }
  }

  @Test("A long value is cut short in a message")
  func longValue() {
    let found = problems(
      "github: {repositories: [\(String(repeating: "a", count: 5000))]}\n"
        + "environments: [{name: d, workflow: d}]\n")
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.message.count < 200 && $0.message.hasSuffix("…") })
  }
}
