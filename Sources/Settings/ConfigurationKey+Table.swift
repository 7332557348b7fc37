import Deploys

extension ConfigurationKey {
  static let github = ConfigurationKey(
    "github", .section, .required, "Where GitHub is, and which repositories to watch.")

  static let apiURL = ConfigurationKey(
    "github.api_url", .text("an http or https URL"), .usual,
    standard: Configuration.Standard.apiURL,
    "The root of the REST API. For GitHub Enterprise Server it ends in `/api/v3`.",
    example: Configuration.Standard.apiURL)

  static let repositories = ConfigurationKey(
    "github.repositories", .texts("`owner/name`"), .required,
    "The repositories whose workflow runs are watched.",
    example: "[acme/shop, acme/web]")

  static let environments = ConfigurationKey(
    "environments", .sections, .required,
    "The places that deploys go to, in the order of the board.")

  static let environmentName = ConfigurationKey(
    "environments[].name", .text("a name of one line"), .required,
    "The environment's name, different from every other. "
      + "A protected environment asks for it to be typed.",
    example: "dev")

  static let workflow = ConfigurationKey(
    "environments[].workflow", .text("a regular expression"), .required,
    "Finds the environment's deploys by the name of their workflow. "
      + "A group `(?<service>…)` names the service; "
      + "without one the service is what the fixed ends of the pattern leave of the name.",
    example: "^(action.*dev-deploy)$")

  static let protected = ConfigurationKey(
    "environments[].protected", .flag, standard: "false",
    "Whether everything that is done to it asks for the environment's name to be typed first.",
    example: "true")

  static let marker = ConfigurationKey(
    "environments[].marker", .text("an `s3://bucket/key` template"),
    standard: MarkerTemplate.standard.text,
    "Where a failed build leaves its marker. "
      + "`{project}`, `{build_id}` and `{build_uuid}` are filled in.",
    example: "s3://acme-ci-results/{project}/failure_{build_uuid}.txt")

  static let tag = ConfigurationKey(
    "environments[].tag", .text("a template of a tag's name"),
    standard: TagTemplate.standard.text,
    "How the tags are named that deploy to the environment. `{service}`, `{environment}`, "
      + "`{date}` (YYYYMMDD) and `{number}` are filled in. "
      + "Quotes around it keep YAML from reading the braces.",
    example: "\"{environment}/{service}-{date}-{number}\"")

  static let environmentReadOnly = ConfigurationKey(
    "environments[].read_only", .flag, standard: "false",
    "Whether the environment may only be looked at: nothing is done to it from here.",
    example: "true")

  static let failureArtifacts = ConfigurationKey(
    "environments[].failure_artifacts", .text("an `s3://bucket/key` template"),
    standard: "no such files are looked for",
    "Where a failed build leaves files that tell why, as the beginning that their keys share. "
      + "`{project}`, `{build_id}` and `{build_uuid}` are filled in.",
    example: "s3://acme-ci-results/{project}/{build_id}/")

  static let aws = ConfigurationKey(
    "environments[].aws", .section, .usual, standard: "AWS is not asked for this environment",
    "The account and region of the environment's CodeBuild projects. "
      + "An empty section, `aws: {}`, stands for the credentials in the process's environment.")

  static let profile = ConfigurationKey(
    "environments[].aws.profile", .text("a name of one line"), .usual,
    standard: "the credentials in the process's environment",
    "The profile of `~/.aws/config` and `~/.aws/credentials` to use.",
    example: "acme-dev")

  static let region = ConfigurationKey(
    "environments[].aws.region", .text("a region's name"), .usual,
    standard: "`AWS_REGION`, `AWS_DEFAULT_REGION`, then the profile's own",
    "The region of the CodeBuild projects.",
    example: "ap-northeast-2")

  static let roleARN = ConfigurationKey(
    "environments[].aws.role_arn", .text("the ARN of an IAM role"), standard: "no role",
    "A role to assume with these credentials before anything is read.",
    example: "arn:aws:iam::111122223333:role/cdtop-read")

  static let endpointURL = ConfigurationKey(
    "environments[].aws.endpoint_url", .text("an http or https URL"),
    standard: "AWS's own hosts, or what the usual variables and files say",
    "An endpoint that stands in for every AWS host, such as a simulator's.",
    example: "http://127.0.0.1:8080")

  static let board = ConfigurationKey(
    "board", .section, .optional, "What the board shows, and how.")

  static let recent = ConfigurationKey(
    "board.recent", .whole(0...100), standard: "\(Configuration.Standard.recent)",
    "How many finished runs are shown for each environment.",
    example: "20")

  static let glyphs = ConfigurationKey(
    "board.glyphs", .word(GlyphChoice.allCases.map(\.rawValue)),
    standard: GlyphChoice.auto.rawValue,
    "The characters to draw with. `auto` takes ASCII where the locale is not UTF-8.",
    example: "ascii")

  static let polling = ConfigurationKey(
    "polling", .section, .optional, "How often the servers are asked.")

  static let activeSeconds = ConfigurationKey(
    "polling.active_seconds", .whole(1...3600),
    standard: "\(Configuration.Standard.activeSeconds)",
    "Seconds between two looks at runs and builds that are going on.",
    example: "5")

  static let idleSeconds = ConfigurationKey(
    "polling.idle_seconds", .whole(1...3600), standard: "\(Configuration.Standard.idleSeconds)",
    "Seconds between two looks at a repository where nothing goes on. "
      + "Never less than `active_seconds`.",
    example: "60")

  static let stuck = ConfigurationKey(
    "stuck", .section, .optional, "When a deploy counts as stuck.")

  static let noRunnerMinutes = ConfigurationKey(
    "stuck.no_runner_minutes", .whole(1...1440),
    standard: "\(Configuration.Standard.noRunnerMinutes)",
    "Minutes that a job may wait without a runner before the board says that it needs a person.",
    example: "5")

  static let files = ConfigurationKey(
    "files", .section, .optional, "What is taken of artifacts and where it goes.")

  static let filesFolder = ConfigurationKey(
    "files.folder", .text("a path"), standard: "the folder that cdtop was started in",
    "The folder that is proposed for downloads. It may begin with `~/`.",
    example: "~/Downloads")

  static let largestFile = ConfigurationKey(
    "files.largest_mib", .whole(1...1_048_576),
    standard: "\(Configuration.Standard.largestFileMiB)",
    "The largest file that is unpacked from a zip, in MiB.", example: "4096")

  static let largestTotal = ConfigurationKey(
    "files.largest_total_mib", .whole(1...1_048_576),
    standard: "\(Configuration.Standard.largestTotalMiB)",
    "How much a zip may hold in all when unpacked, in MiB.", example: "8192")

  static let mostFiles = ConfigurationKey(
    "files.most_entries", .whole(1...10_000_000),
    standard: "\(Configuration.Standard.mostEntries)",
    "How many files a zip may hold.", example: "200000")

  static let largestRatio = ConfigurationKey(
    "files.largest_ratio", .whole(10...100_000),
    standard: "\(Configuration.Standard.largestRatio)",
    "How many times its packed size a file may have when unpacked; more is taken for a bomb.",
    example: "5000")

  static let readOnly = ConfigurationKey(
    "read_only", .flag, standard: "false",
    "Whether everything may only be looked at: nothing is done from here, as with `--read-only`.",
    example: "true")

  static let timeZone = ConfigurationKey(
    "time_zone", .text("the name of a time zone"), standard: "the system's",
    "The time zone of the clock and of the date in new tags.", example: "Asia/Seoul")

  static let notices = ConfigurationKey(
    "notices", .section, .optional,
    "What tells that a deploy has ended, has failed or needs approval: one that was started or is "
      + "followed from here.")

  static let bell = ConfigurationKey(
    "notices.bell", .flag, standard: "true", "Whether the terminal's bell rings.",
    example: "false")

  static let desktop = ConfigurationKey(
    "notices.desktop", .flag, standard: "true",
    "Whether the terminal is asked for a notice on the desktop (OSC 9 and OSC 777).",
    example: "false")

  static let command = ConfigurationKey(
    "notices.on_event", .texts("words: a program and its arguments"), standard: "no program",
    "A program that is run for every event, without a shell. It gets the event as `CDTOP_…` "
      + "variables and as JSON on standard input.",
    example: "[notify-deploys, --quiet]")

  static let webhook = ConfigurationKey(
    "notices.webhook_variable", .text("the name of an environment variable"),
    standard: "no webhook",
    "The variable that holds the address of a Slack-compatible webhook. The address is a secret, "
      + "so it does not stand in this file.",
    example: "CDTOP_SLACK_WEBHOOK")

  /// Every key, sections before what stands in them, in the order of the reference.
  package static let all: [ConfigurationKey] = [
    github, apiURL, repositories,
    environments, environmentName, workflow, protected, environmentReadOnly, tag, marker,
    failureArtifacts,
    aws, profile, region, roleARN, endpointURL,
    board, recent, glyphs,
    polling, activeSeconds, idleSeconds,
    stuck, noRunnerMinutes,
    readOnly, timeZone,
    notices, bell, desktop, command, webhook,
    files, filesFolder, largestFile, largestTotal, mostFiles, largestRatio,
  ]
}
