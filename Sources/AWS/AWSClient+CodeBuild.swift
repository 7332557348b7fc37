package import Deploys

extension AWSClient {
  /// The ids of a project's newest builds, the newest first: one page, up to 100.
  ///
  /// `sortOrder` stays out: AWS documents an error for it on projects with more than 100 builds, and
  /// the newest come first anyway.
  /// - Throws: ``AWSError``, with `notFound` where there is no such project.
  package func listBuilds(project: String) async throws -> [String] {
    let page: BuildPage = try await codeBuild(
      "ListBuildsForProject", ["projectName": project], on: "project/\(project)")
    return page.ids ?? []
  }

  /// The builds of some ids, in the order of the ids; those that AWS does not know are left out.
  ///
  /// Variables whose type is not `PLAINTEXT` are dropped: their values name secrets.
  /// - Throws: ``AWSError``.
  package func builds(ids: [String]) async throws -> [Build] {
    var found: [String: Build] = [:]
    for chunk in Self.chunks(ids) {
      let answer: BuildList = try await codeBuild(
        "BatchGetBuilds", ["ids": chunk], on: Self.projects(of: chunk))
      for document in answer.builds ?? [] { found[document.id] = document.build(in: scope) }
    }
    return ids.compactMap { found.removeValue(forKey: $0) }
  }

  /// The projects of some names, in the order of the names; unknown ones are left out.
  /// - Throws: ``AWSError``.
  package func projects(names: [String]) async throws -> [Project] {
    var found: [String: Project] = [:]
    for chunk in Self.chunks(names) {
      let answer: ProjectList = try await codeBuild(
        "BatchGetProjects", ["names": chunk],
        on: chunk.count == 1 ? "project/\(chunk[0])" : "\(chunk.count) projects")
      for document in answer.projects ?? [] {
        found[document.name] = document.project(in: scope)
      }
    }
    return names.compactMap { found.removeValue(forKey: $0) }
  }

  private func codeBuild<Answer: Decodable>(
    _ operation: String, _ input: [String: some Encodable], on resource: String
  ) async throws -> Answer {
    try await ask(
      .codebuild, "CodeBuild_20161006.\(operation)", input, action: "codebuild:\(operation)",
      on: resource)
  }

  /// AWS takes up to 100 ids or names a call.
  private static func chunks(_ names: [String]) -> [[String]] {
    var seen: Set<String> = []
    let unique = names.filter { seen.insert($0).inserted }
    return stride(from: 0, to: unique.count, by: 100).map {
      Array(unique[$0..<min($0 + 100, unique.count)])
    }
  }

  /// The projects of some builds, for messages.
  static func projects(of ids: [String]) -> String {
    let names = Set(ids.map { String($0.prefix { $0 != ":" }) }).sorted()
    return names.prefix(3).map { "project/\($0)" }.joined(separator: ", ")
      + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }
}
