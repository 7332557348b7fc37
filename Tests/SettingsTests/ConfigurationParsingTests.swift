import Deploys
import Foundation
import Settings
import Testing

@Suite("A sound configuration")
struct ConfigurationParsingTests {
  @Test("The minimal example means what it says")
  func minimalExample() throws {
    let configuration = try ConfigurationFile.parse(
      Configuration.minimalExample, file: "config.yaml")

    #expect(
      configuration
        == Configuration(
          github: Configuration.GitHub(
            apiURL: "https://api.github.com",
            repositories: [
              RepositoryName(owner: "acme", name: "shop"),
              RepositoryName(owner: "acme", name: "web"),
            ]),
          environments: [
            Environment(
              name: "dev", workflow: try WorkflowPattern("^(action.*dev-deploy)$"),
              aws: AWSScope(profile: "acme-dev", region: "ap-northeast-2")),
            Environment(
              name: "prd", workflow: try WorkflowPattern("^(action.*prd-deploy)$"),
              isProtected: true, aws: AWSScope(profile: "acme-prd", region: "ap-northeast-2")),
          ],
          file: "config.yaml"))
    #expect(configuration.environment("prd")?.isProtected == true)
    #expect(configuration.environment("stg") == nil)
  }

  @Test("What is left out has its default")
  func defaults() throws {
    let configuration = try ConfigurationFile.parse(soundText, file: "f")

    #expect(configuration.github.apiURL == "https://api.github.com")
    #expect(configuration.recent == 10)
    #expect(configuration.refresh == .seconds(3))
    #expect(configuration.idle == .seconds(15))
    #expect(configuration.noRunnerAfter == .seconds(180))
    #expect(configuration.glyphs == .auto)
    let dev = try #require(configuration.environment("dev"))
    #expect(!dev.isProtected)
    #expect(dev.aws == nil)
    #expect(dev.marker == .standard)
    #expect(dev.tag == .standard)
    #expect(dev.readOnlyReason == nil)
    #expect(!configuration.isReadOnly)
    #expect(configuration.timeZone == nil)
    #expect(configuration.notices.rings)
    #expect(configuration.notices.showsOnDesktop)
    #expect(configuration.notices.command.isEmpty)
    #expect(configuration.notices.webhookVariable == nil)
  }

  @Test("Every optional key has its effect")
  func everyKey() throws {
    let configuration = try ConfigurationFile.parse(
      """
      github: {api_url: "http://ghe.acme.test:8080/api/v3/", repositories: [acme/shop]}
      environments:
        - name: dev
          workflow: '^deploy-(?<service>\\w+)$'
          protected: yes
          marker: s3://results/{build_uuid}
          tag: "v{date}.{number}"
          read_only: on
          aws:
            profile: p
            region: eu-west-1
            role_arn: arn:aws:iam::111122223333:role/path/read
            endpoint_url: http://127.0.0.1:5000
      board: {recent: 0, glyphs: ascii}
      polling: {active_seconds: 5, idle_seconds: 60}
      stuck: {no_runner_minutes: 7}
      time_zone: Asia/Seoul
      notices:
        bell: off
        desktop: no
        on_event: [notify, --title, '{"a": 1}', --title]
        webhook_variable: HOOK_1
      """, file: "f")

    #expect(configuration.github.apiURL == "http://ghe.acme.test:8080/api/v3")
    #expect(configuration.recent == 0)
    #expect(configuration.glyphs == .ascii)
    #expect(configuration.refresh == .seconds(5))
    #expect(configuration.idle == .seconds(60))
    #expect(configuration.noRunnerAfter == .seconds(420))
    #expect(configuration.timeZone == TimeZone(identifier: "Asia/Seoul"))
    #expect(!configuration.notices.rings)
    #expect(!configuration.notices.showsOnDesktop)
    #expect(configuration.notices.command == ["notify", "--title", #"{"a": 1}"#, "--title"])
    #expect(configuration.notices.webhookVariable == "HOOK_1")
    let dev = try #require(configuration.environments.first)
    #expect(dev.isProtected)
    #expect(dev.tag == TagTemplate("v{date}.{number}"))
    #expect(dev.readOnlyReason == "read_only is true for dev in the configuration")
    #expect(dev.workflow.text == #"^deploy-(?<service>\w+)$"#)
    #expect(dev.marker == MarkerTemplate("s3://results/{build_uuid}"))
    #expect(
      dev.aws
        == AWSScope(
          profile: "p", region: "eu-west-1",
          roleARN: "arn:aws:iam::111122223333:role/path/read",
          endpoint: "http://127.0.0.1:5000"))
  }

  @Test(
    "An empty aws section stands for the environment's credentials",
    arguments: ["aws: {}", "aws:", "aws: ~"])
  func emptyAWS(line: String) throws {
    let configuration = try ConfigurationFile.parse(soundText + "    \(line)\n", file: "f")
    #expect(configuration.environments.first?.aws == AWSScope())
  }

  @Test("Numbers and truth values are taken as text where a name is meant")
  func scalarsAsText() throws {
    let configuration = try ConfigurationFile.parse(
      """
      github: {repositories: [1/2]}
      environments:
        - {name: 2026, workflow: 42}
        - {name: true, workflow: on}
      """, file: "f")
    #expect(configuration.environments.map(\.name) == ["2026", "true"])
    #expect(configuration.environments.map(\.workflow.text) == ["42", "on"])
    #expect(configuration.github.repositories.map(\.description) == ["1/2"])
  }

  @Test("An anchor can be used again")
  func anchors() throws {
    let configuration = try ConfigurationFile.parse(
      """
      github: {repositories: [acme/shop]}
      environments:
        - {name: dev, workflow: dev, aws: &shared {profile: all}}
        - {name: stg, workflow: stg, aws: *shared}
      """, file: "f")
    #expect(configuration.environments.map(\.aws?.profile) == ["all", "all"])
  }

  @Test("One read-only environment leaves the others as they are")
  func readOnlyEnvironment() throws {
    let configuration = try ConfigurationFile.parse(
      soundText + "    read_only: false\n  - {name: prd, workflow: prd, read_only: true}\n",
      file: "f")
    #expect(!configuration.isReadOnly)
    #expect(
      configuration.environments.map(\.readOnlyReason)
        == [nil, "read_only is true for prd in the configuration"])
  }

  @Test("A read-only configuration makes every environment read-only, and says why")
  func readOnlyConfiguration() throws {
    let configuration = try ConfigurationFile.parse(
      soundText + "  - {name: prd, workflow: prd, read_only: false}\nread_only: true\n", file: "f")
    #expect(configuration.isReadOnly)
    #expect(
      configuration.environments.map(\.readOnlyReason)
        == Array(repeating: "read_only is true in the configuration", count: 2))
  }

  @Test("Two environments may share a template that names the environment")
  func sharedTagTemplate() throws {
    let configuration = try ConfigurationFile.parse(
      soundText + "    tag: &tag '{environment}/{service}/{number}'\n"
        + "  - {name: prd, workflow: prd, tag: *tag}\n", file: "f")
    #expect(
      configuration.environments.map {
        $0.tag.name(service: "shop", environment: $0.name, day: "20261123", number: 7)
      } == ["dev/shop/07", "prd/shop/07"])
  }

  @Test("Quiet repositories are never asked more often than busy ones")
  func idleIsNeverShorter() throws {
    let configuration = try ConfigurationFile.parse(
      soundText + "polling: {active_seconds: 30}\n", file: "f")
    #expect(configuration.idle == .seconds(30))
  }

  @Test(
    "Glyphs follow the locale unless they are chosen",
    arguments: [
      (GlyphChoice.auto, ["LANG": "ko_KR.UTF-8"], false),
      (.auto, ["LANG": "en_GB.utf8"], false),
      (.auto, ["LANG": "C"], true),
      (.auto, [:], true),
      (.auto, ["LC_ALL": "POSIX", "LANG": "C.UTF-8"], true),
      (.auto, ["LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"], false),
      (.ascii, ["LANG": "C.UTF-8"], true),
      (.unicode, ["LANG": "C"], false),
    ])
  func glyphs(choice: GlyphChoice, environment: [String: String], isASCII: Bool) {
    #expect(choice.isASCII(environment: environment) == isASCII)
  }
}
