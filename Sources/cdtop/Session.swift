import Archives
import ArgumentParser
import AWS
import Deploys
import Foundation
import GitHub
import Operations
import Polling
import Settings
import Store
import Transport

/// The options that every command on real servers takes.
struct ConfigurationOptions: ParsableArguments {
  @Option(name: .long, help: "The configuration file; else CDTOP_CONFIG, else the XDG place.")
  var config: String?

  @Flag(name: .long, help: "Look only: nothing can be sent, whatever the configuration says.")
  var readOnly = false
}

/// Where a session keeps what it remembers: the audit log, the last inputs, which notices went out.
enum Keeping {
  /// Nowhere: the command changes nothing.
  case nothing
  /// In the state file of the machine's user.
  case file
  /// In memory, for as long as the session lasts.
  case memory
  /// In the file where there is one already, else in memory: for what leaves nothing behind.
  case existing
}

/// Everything that a command needs to talk to the servers of one configuration.
struct Session: Sendable {
  /// What to watch.
  let configuration: Configuration
  /// The one connection pool.
  let transport: LiveTransport
  /// GitHub, for everything but the polling engine.
  let github: GitHubClient
  /// GitHub, for engines: it remembers what it has read.
  let watching: GitHubClient
  /// The environments' accounts.
  let aws: AWSClients
  /// What an operator does.
  let operations: Operator
  /// What is remembered between two starts; `nil` where the session keeps nothing, or cannot.
  let state: StateDatabase?
  /// What an operator reads about runs.
  let inspector: Inspector
  /// The engine.
  let poller: Poller

  /// Opens the session that a configuration file describes.
  /// - Throws: An exit code, after having said what is wrong.
  static func open(
    _ options: ConfigurationOptions, keeping: Keeping = .nothing
  ) async throws -> Session {
    let environment = ProcessInfo.processInfo.environment
    return try await open(
      try configuration(options, environment: environment), environment, keeping: keeping)
  }

  /// Reads the configuration file.
  /// - Throws: An exit code, after having said what is wrong.
  static func configuration(
    _ options: ConfigurationOptions, environment: [String: String]
  ) throws -> Configuration {
    do {
      var configuration = try ConfigurationFile.load(
        ConfigurationFile.locate(explicit: options.config, environment: environment))
      if options.readOnly { configuration.forbidActing(because: "--read-only was given") }
      return configuration
    } catch {
      // What a file or a variable says has no line breaks there, so that these are its own.
      func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      }
      throw Console.failure(
        lines(error.message), remedies: lines(error.remedy), code: Exit.configuration)
    }
  }

  /// Opens a session on a configuration and the variables that name the credentials.
  /// - Throws: An exit code, after having said what is wrong.
  static func open(
    _ configuration: Configuration, _ environment: [String: String], keeping: Keeping = .nothing
  ) async throws -> Session {
    var configuration = configuration
    let database: StateDatabase?
    do {
      database = try keeping.open(environment)
    } catch {
      // What cannot be written down is not done; looking goes on.
      configuration.forbidActing(
        because: "what is done could not be written down: \(error.message). \(error.remedy)")
      database = nil
    }
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
      limits: configuration.limits,
      seed: .random(in: .min ... .max))
    let aws = AWSClients(environment: environment, transport: transport)
    return Session(
      configuration: configuration, transport: transport, github: github,
      watching: watching, aws: aws,
      operations: Operator(
        github: github, aws: aws, repositories: configuration.github.repositories,
        environments: configuration.environments, timeZone: configuration.timeZone ?? .current,
        state: database),
      state: database,
      inspector: Inspector(
        github: github, aws: aws,
        folder: PrivateFolder(in: PrivateFolder.usualParent(environment)),
        limits: ArchiveLimits(configuration.files),
        home: HomeFolder.path(environment) ?? "/"),
      poller: Poller(state: state, github: watching, aws: aws))
  }
}

extension Keeping {
  /// Opens the database.
  fileprivate func open(_ environment: [String: String]) throws(StoreError) -> StateDatabase? {
    switch self {
    case .nothing: nil
    case .memory: try .inMemory()
    case .existing:
      if let database = openExisting(environment) { database } else { try .inMemory() }
    case .file: try .open(at: Self.path(environment))
    }
  }

  private func openExisting(_ environment: [String: String]) -> StateDatabase? {
    guard let path = try? Self.path(environment), FileManager.default.fileExists(atPath: path)
    else { return nil }
    return try? .open(at: path)
  }

  /// The state file: `cdtop/cdtop.sqlite` in `$XDG_STATE_HOME`, else in `~/.local/state`.
  ///
  /// A relative `XDG_STATE_HOME` is ignored, as the XDG Base Directory Specification asks.
  /// - Throws: ``StoreError`` where neither a variable nor the account names a place.
  static func path(_ environment: [String: String]) throws(StoreError) -> String {
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard
      let folder = state ?? HomeFolder.path(environment).map({ "\($0)/.local/state" })
    else {
      throw .folder(path: "~/.local/state/cdtop", reason: "neither HOME nor the account names one")
    }
    return "\(folder)/cdtop/cdtop.sqlite"
  }
}

extension Configuration {
  /// Lets nothing be sent to any environment; one that says already why keeps its word.
  fileprivate mutating func forbidActing(because reason: String) {
    for index in environments.indices where environments[index].readOnlyReason == nil {
      environments[index].readOnlyReason = reason
    }
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
