import AWS
import ArgumentParser
import Canvas
import Deploys
import Foundation
import GitHub
import Settings
import Transport

/// `cdtop config`: the configuration file.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check the configuration, or print an example of one.",
    subcommands: [ConfigCheckCommand.self, ConfigExampleCommand.self])
}

/// `cdtop config example`: a commented file to start from.
struct ConfigExampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example", abstract: "Print a commented configuration file to start from.")

  func run() {
    Console.print(Configuration.commentedExample())
  }
}

/// `cdtop config check`: reads the file and asks every server once.
struct ConfigCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read the configuration, and ask every server that it names once.",
    discussion: """
      Exit codes: 0 all is well, 2 the file is good and a server is not, 64 usage, \
      78 the file or the token cannot be used.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Flag(name: .long, help: "Only read the file; ask nobody.")
  var offline = false

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try Session.configuration(options, environment: environment)
    Self.line(.good, "\(configuration.file): \(configuration.environments.count) environments")
    if offline { return }
    let session = try await Session.open(configuration, environment)
    var isGood = true
    var names: [RepositoryName: [String]] = [:]
    isGood = await checkToken(session) && isGood
    for repository in configuration.github.repositories {
      do {
        let workflows = try await session.github.currentWorkflows(in: repository)
        _ = try await session.github.currentRuns(in: repository)
        names[repository] = workflows.map(\.name)
        Self.line(.good, "\(repository): \(workflows.count) workflows")
      } catch let error as GitHubError {
        isGood = false
        Self.line(.bad, "\(repository): \(error.message)", error.remedy)
      }
    }
    let aws = AWSClients(environment: environment, transport: session.transport)
    let finder = DeployFinder(configuration: configuration, github: session.github)
    for item in configuration.environments {
      let count = names.values.joined().count { finder.place(of: $0)?.environment == item }
      isGood = await check(item, workflows: count, aws) && isGood
    }
    await session.transport.shutdown()
    if !isGood { throw Exit.partial }
  }

  private func checkToken(_ session: Session) async -> Bool {
    let host = session.configuration.github.apiURL
    do {
      let limit = try await session.github.rateLimit()
      Self.line(
        .good, "\(host): \(limit.remaining) of \(limit.limit) requests left this hour")
      return true
    } catch GitHubError.notFound {
      // GitHub Enterprise Server answers 404 where rate limits are switched off.
      Self.line(.good, "\(host): no rate limit")
      return true
    } catch let error as GitHubError {
      Self.line(.bad, "\(host): \(error.message)", error.remedy)
    } catch {
      Self.line(.bad, "\(host): \(error)")
    }
    return false
  }

  private func check(
    _ item: Deploys.Environment, workflows: Int, _ aws: AWSClients
  ) async -> Bool {
    var isGood = workflows > 0
    Self.line(
      isGood ? .good : .bad, "\(item.name): \(workflows) workflows match \(item.workflow.text)",
      isGood ? nil : "Correct `workflow`; it is matched against each workflow's name.")
    guard let scope = item.aws else {
      Self.line(.good, "\(item.name): no AWS, so no runner phases and no markers")
      return isGood
    }
    do {
      let account = try await aws.client(for: scope).accountID()
      Self.line(.good, "\(item.name): AWS account \(account) by \(scope.name)")
    } catch let error as AWSError {
      isGood = false
      Self.line(.bad, "\(item.name): \(error.message)", error.remedy)
    } catch {
      isGood = false
      Self.line(.bad, "\(item.name): \(error)")
    }
    return isGood
  }

  private enum Mark: String {
    case good = "ok  "
    case bad = "FAIL"
  }

  private static func line(_ mark: Mark, _ text: String, _ remedy: String? = nil) {
    Console.print("\(mark)  \(PlainText.sanitized(text))")
    if let remedy { Console.print("      \(PlainText.sanitized(remedy))") }
  }
}
