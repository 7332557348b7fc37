import ArgumentParser
import Deploys
import Foundation
import Settings

/// `cdtop stop-build`: ends a build that no job needs.
struct StopBuildCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop-build",
    abstract: "Stop a CodeBuild build whose job is gone.",
    discussion: """
      CodeBuild does not hear of cancelled jobs, so a runner may idle for an hour. A build that a \
      job runs on, or may still get, is not stopped: cancel the run instead. `cdtop run ID` shows \
      the builds of a run. \(MutationOptions.exitCodes)
      """)

  static let unknownDetails: [String: JSONValue] = ["build_id": .null]

  @OptionGroup var options: MutationOptions

  @Argument(help: "The build's id, project:uuid, or its ARN; with @ENV behind it or --env.")
  var build: String

  @Option(
    name: .customLong("env"),
    help: ArgumentHelp("The environment whose account it runs in.", valueName: "name"))
  var environment: String?

  @Option(name: .long, help: "Seconds to look for the run that the build was started for.")
  var timeout: Int = 30

  /// The build's id and the environment's name.
  private func place() throws -> (id: String, environment: String) {
    var id = build[...]
    var place = environment
    if let at = build.lastIndex(of: "@") {
      let named = String(build[build.index(after: at)...])
      guard environment == nil || environment == named else {
        throw ValidationError("\(build) and --env name two environments")
      }
      place = named
      id = build[..<at]
    }
    guard let place else {
      throw ValidationError("name the environment whose account it runs in, with --env")
    }
    if id.hasPrefix("arn:"), let mark = id.firstRange(of: ":build/") { id = id[mark.upperBound...] }
    let parts = id.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts.contains(where: \.isEmpty) else {
      throw ValidationError("\(build) is no build's id, which is written project:uuid")
    }
    return (String(id), place)
  }

  func validate() throws { _ = try place() }

  func run() async throws {
    try await options.carryOut(by: Self.self) { session, subject in
      let place = try place()
      subject.details["build_id"] = .string(place.id)
      let environment = try session.finder.environment(named: place.environment)
      subject.environment = environment.name
      guard let scope = environment.aws else {
        throw Console.failure(
          "\(environment.name) has no aws in the configuration, so its builds are not known",
          remedy: "Name the environment whose account the build runs in.",
          code: Exit.configuration)
      }
      let key = BuildKey(scope: scope, id: place.id)
      let owner = try await BuildOwner(
        session: session, environment: environment,
        deadline: Date().addingTimeInterval(TimeInterval(max(1, timeout)))
      ).run(of: key)
      // A build of nobody known may be that of any environment of the account.
      let guarded =
        owner == nil
        ? session.configuration.environments.filter { $0.aws == scope }
          .guarded(besides: environment.name) : []
      return Proposal(
        mutation: .stopBuild(
          StopBuildRequest(
            build: key, run: owner?.key, environment: environment.name,
            confirmed: guarded.map(\.name))),
        environment: environment, guarded: guarded,
        question: [
          "Stop the build \(key.id) in \(environment.name)"
            + (owner.map { ", started for #\($0.number) \($0.workflowName)." }
              ?? "; the run that it was started for is not known.")
        ] + guarded.map { "It may be a build of \($0.name), whose account is the same." },
        url: owner?.url, details: ["build_id": .string(key.id)])
    }
  }
}
