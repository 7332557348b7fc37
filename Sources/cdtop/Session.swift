import Archives
import ArgumentParser
import AWS
import Deploys
import Foundation
import GitHub
import Operations
import Polling
import Settings
import Transport

/// The options that every command on real servers takes.
struct ConfigurationOptions: ParsableArguments {
  @Option(name: .long, help: "The configuration file; else CDTOP_CONFIG, else the XDG place.")
  var config: String?
}

/// Everything that a command needs to talk to the servers of one configuration.
struct Session: Sendable {
  /// What to watch.
  let configuration: Configuration
  /// The one connection pool.
  let transport: LiveTransport
  /// GitHub, for everything but the polling engine.
  let github: GitHubClient
  /// What an operator does.
  let operations: Operator
  /// What an operator reads about runs.
  let inspector: Inspector
  /// The engine.
  let poller: Poller

  /// Opens the session that a configuration file describes.
  /// - Throws: An exit code, after having said what is wrong.
  static func open(_ options: ConfigurationOptions) async throws -> Session {
    let environment = ProcessInfo.processInfo.environment
    return try await open(try configuration(options, environment: environment), environment)
  }

  /// Reads the configuration file.
  /// - Throws: An exit code, after having said what is wrong.
  static func configuration(
    _ options: ConfigurationOptions, environment: [String: String]
  ) throws -> Configuration {
    do {
      return try ConfigurationFile.load(
        ConfigurationFile.locate(explicit: options.config, environment: environment))
    } catch {
      throw Console.failure(error.message, remedy: error.remedy, code: Exit.configuration)
    }
  }

  /// Opens a session on a configuration and the variables that name the credentials.
  /// - Throws: An exit code, after having said what is wrong.
  static func open(
    _ configuration: Configuration, _ environment: [String: String]
  ) async throws -> Session {
    let credential: GitHubCredential
    do {
      credential = try await GitHubCredential.find(
        environment: environment, host: configuration.gitHubHost)
    } catch let error as GitHubError {
      throw Console.failure(error.message, remedy: error.remedy, code: Exit.configuration)
    }
    let transport = LiveTransport(environment: environment)
    let github = GitHubClient(
      apiURL: configuration.github.apiURL, credential: credential, transport: transport,
      userAgent: Product.userAgent)
    // A page of runs is half a megabyte, and one that was dropped is charged when asked again.
    let watching = GitHubClient(
      apiURL: configuration.github.apiURL, credential: credential, transport: transport,
      userAgent: Product.userAgent, cache: ConditionalCache(byteLimit: 64 * 1_048_576))
    let state = PollState(
      environments: configuration.environments,
      repositories: configuration.github.repositories,
      schedule: Schedule(
        active: configuration.refresh, quiet: configuration.idle, recent: configuration.recent),
      limits: Diagnosis.Limits(noRunner: configuration.noRunnerAfter),
      seed: .random(in: .min ... .max))
    let aws = AWSClients(environment: environment, transport: transport)
    return Session(
      configuration: configuration, transport: transport, github: github,
      operations: Operator(github: github),
      inspector: Inspector(
        github: github, aws: aws,
        folder: PrivateFolder(in: PrivateFolder.usualParent(environment)),
        limits: ArchiveLimits(configuration.files)),
      poller: Poller(state: state, github: watching, aws: aws))
  }
}

extension ArchiveLimits {
  /// The limits that a configuration sets.
  init(_ files: Configuration.Files) {
    self.init(
      largestEntry: files.largestFile, largestTotal: files.largestTotal,
      mostEntries: files.mostEntries, largestRatio: files.largestRatio)
  }
}

extension Configuration {
  /// The host that a token has to be for: `github.com` for GitHub's own API host.
  var gitHubHost: String {
    let host = HTTPRequest(url: github.apiURL).host
    return host == "api.github.com" ? "github.com" : host
  }
}
