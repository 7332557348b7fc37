import ArgumentParser
import Deploys
import Foundation
import Operations
import Settings

/// `cdtop tag`: creates the tag that deploys a service.
struct TagCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Deploy by a tag: create the next free one, or promote what is live elsewhere.",
    discussion: """
      Without --from the tag goes on the commit that is live in the environment before, in \
      configured order, else on the default branch. `tag` in the configuration says how an \
      environment's tags are named, `time_zone` whose date they carry. \
      \(MutationOptions.exitCodes) With --watch: 1 also where the run does not succeed, 2 where \
      none starts within a minute or a source is failing.
      """)

  static let unknownDetails: [String: JSONValue] = [
    "tag": .null, "commit": .null, "source": .null, "live": .null, "warnings": .array([]),
    "commits_ahead": .null, "commits_behind": .null, "commits": .array([]),
  ]

  @OptionGroup var options: MutationOptions

  @Argument(help: "SERVICE@ENV: the service, and the environment that it is to go to.")
  var service: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The environment whose live version is promoted; or a branch, a tag or a whole commit.",
      discussion: "A branch that is called like an environment is written refs/heads/NAME.",
      valueName: "env|ref"))
  var from: String?

  @Option(name: .long, help: "The tag's name; else the next free number of the day.")
  var tag: String?

  @Flag(name: .long, help: "Print what the run of the tag does until it is over, then the run.")
  var watch = false

  func validate() throws {
    guard service.contains("@") else {
      throw ValidationError("\(service): write SERVICE@ENV, such as shop@stg")
    }
    if let tag, !TagTemplate.isTagName(tag) {
      throw ValidationError("--tag \(tag) cannot be a tag's name")
    }
    if let from, from.isEmpty { throw ValidationError("--from is empty") }
  }

  func run() async throws {
    var started: (target: WorkflowTarget, tag: String)?
    try await options.carryOut(by: Self.self) { session, subject in
      let found = try await session.finder.workflow(service)
      subject.take(found)
      let plan = try await plan(for: found.target, session)
      started = (found.target, plan.request.tag)
      return Proposal(
        mutation: .tag(plan.request), environment: found.environment,
        question: [
          "Create the tag \(plan.request.tag) on \(plan.request.commit.prefix(7)) of "
            + "\(plan.request.repository), which deploys \(plan.request.service) to "
            + "\(plan.request.environment)."
        ] + (options.json ? plan.warnings.map { "  warning: \($0)" } : []),
        plan: plan.lines, details: plan.details)
    } then: { session, _ in
      guard watch, let started else { return }
      try await session.watch(
        try await session.run(of: started.target, startedBy: started.tag), json: options.json)
    }
  }

  private func plan(for target: WorkflowTarget, _ session: Session) async throws -> TagPlan {
    let source = from.map { name -> TagQuery.Source in
      session.configuration.environment(name) == nil ? .ref(name) : .environment(name)
    }
    let query = TagQuery(
      repository: target.repository, service: target.service, environment: target.environment,
      source: source)
    switch await session.operations.tagPlan(query) {
    case .failed(let failure): throw failure
    case .plan(var plan):
      if let tag { plan.request.tag = tag }
      return plan
    }
  }
}

extension TagPlan {
  /// How many of the commits are listed.
  private static let listed = 20

  /// The plan for a person.
  fileprivate var lines: [String] {
    var lines = [
      "tag      \(request.tag)", "commit   \(request.commit)", "source   \(source.words)",
      "live     \(live.map(\.words) ?? "nothing that is known")",
    ]
    switch changes {
    case .loaded(let range):
      lines.append(
        "changes  \(range.aheadCount) to go in, \(range.behindCount) to be taken out")
      lines += range.ahead.prefix(Self.listed).map {
        "  \($0.id.prefix(7))  \($0.subject)  (\($0.author))"
      }
      let rest = range.aheadCount - min(range.ahead.count, Self.listed)
      if rest > 0 { lines.append("  and \(rest) more") }
    case .failed(let failure):
      lines.append("changes  not known: \(failure.message)")
    case .unasked, .loading:
      lines.append("changes  not known: nothing to compare with")
    }
    return lines + warnings.map { "warning  \($0)" }
  }

  /// The plan for a program.
  fileprivate var details: [String: JSONValue] {
    let range = changes.value
    return [
      "repository": .string(request.repository.description), "tag": .string(request.tag),
      "commit": .string(request.commit), "source": .string(request.source),
      "live": live?.json ?? .null, "warnings": .array(warnings.map { .string($0) }),
      "commits_ahead": JSONValue(range?.aheadCount),
      "commits_behind": JSONValue(range?.behindCount),
      "commits": .array(
        (range?.ahead ?? []).map {
          .object([
            "sha": .string($0.id), "subject": .string($0.subject), "author": .string($0.author),
          ])
        }),
    ]
  }
}

extension LiveVersion {
  /// What is live, for a person.
  fileprivate var words: String {
    "\(ref ?? String(commit.prefix(7))) (#\(number) by \(actor), \(deployedAt.formatted(.iso8601)))"
  }

  /// The form that `docs/json.md` documents.
  var json: JSONValue {
    .object([
      "run_id": .integer(run.id), "attempt": JSONValue(attempt), "number": JSONValue(number),
      "ref": JSONValue(ref), "sha": .string(commit), "actor": .string(actor),
      "deployed_at": JSONValue(deployedAt), "url": .string(url),
      "retry": retry.map { retry in
        .object([
          "attempt": JSONValue(retry.attempt), "conclusion": JSONValue(retry.conclusion?.rawValue),
        ])
      } ?? .null,
    ])
  }
}
