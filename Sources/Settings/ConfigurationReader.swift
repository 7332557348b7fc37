import Deploys
import Yams

/// Turns a YAML tree into a configuration, and collects every problem on the way.
struct ConfigurationReader {
  /// The path to name in problems.
  let file: String
  /// What was found wrong so far.
  var problems: [ConfigurationProblem] = []

  /// Creates a reader without problems.
  init(file: String) {
    self.file = file
  }

  /// Reads a whole file.
  /// - Returns: `nil` where something required is missing; the configuration counts only while
  ///   ``problems`` is empty.
  mutating func read(_ root: Node) -> Configuration? {
    guard let top = section(root, inside: "", of: nil) else { return nil }
    let github = readGitHub(top)
    let environments = readEnvironments(top)
    let board = section(.board, of: top)
    let recent = number(.recent, of: board)
    let glyphs = value(.glyphs, of: board, as: ConfigurationValue.glyphs)
    let polling = section(.polling, of: top)
    let active = number(.activeSeconds, of: polling)
    let idle = number(.idleSeconds, of: polling)
    let noRunner = number(.noRunnerMinutes, of: section(.stuck, of: top))
    let files = readFiles(top)
    let notices = readNotices(top)
    let isReadOnly = value(.readOnly, of: top, as: ConfigurationValue.flag)
    let timeZone = value(.timeZone, of: top, as: ConfigurationValue.timeZone)
    guard let github, var environments else { return nil }
    if isReadOnly == true {
      for index in environments.indices {
        environments[index].readOnlyReason = "read_only is true in the configuration"
      }
    }
    return Configuration(
      github: github,
      environments: environments,
      recent: recent ?? Configuration.Standard.recent,
      refresh: .seconds(active ?? Configuration.Standard.activeSeconds),
      idle: .seconds(idle ?? Configuration.Standard.idleSeconds),
      noRunnerAfter: .seconds(60 * (noRunner ?? Configuration.Standard.noRunnerMinutes)),
      glyphs: glyphs ?? .auto,
      files: files,
      isReadOnly: isReadOnly ?? false,
      timeZone: timeZone,
      notices: notices,
      file: file)
  }

  private mutating func readGitHub(_ top: ConfigurationSection) -> Configuration.GitHub? {
    guard let github = section(.github, of: top) else { return nil }
    let apiURL = value(.apiURL, of: github, as: ConfigurationValue.apiURL)
    let repositories = list(
      .repositories, of: github, as: ConfigurationValue.repository,
      isSame: { $0.description.lowercased() == $1.description.lowercased() })
    guard let repositories else { return nil }
    return Configuration.GitHub(
      apiURL: apiURL ?? Configuration.Standard.apiURL, repositories: repositories)
  }

  private mutating func readNotices(_ top: ConfigurationSection) -> Configuration.Notices {
    let section = section(.notices, of: top)
    var notices = Configuration.Notices()
    if let rings = value(.bell, of: section, as: ConfigurationValue.flag) { notices.rings = rings }
    if let shows = value(.desktop, of: section, as: ConfigurationValue.flag) {
      notices.showsOnDesktop = shows
    }
    if let section, section.node(.command) != nil {
      notices.command =
        list(.command, of: section, as: ConfigurationValue.argument, isSame: { _, _ in false })
        ?? []
    }
    notices.webhookVariable = value(.webhook, of: section, as: ConfigurationValue.variable)
    return notices
  }

  private mutating func readFiles(_ top: ConfigurationSection) -> Configuration.Files {
    let section = section(.files, of: top)
    var files = Configuration.Files()
    files.folder = value(.filesFolder, of: section, as: ConfigurationValue.line)
    if let mebibytes = number(.largestFile, of: section) { files.largestFile = mebibytes << 20 }
    if let mebibytes = number(.largestTotal, of: section) { files.largestTotal = mebibytes << 20 }
    if let count = number(.mostFiles, of: section) { files.mostEntries = count }
    if let ratio = number(.largestRatio, of: section) { files.largestRatio = ratio }
    return files
  }

  private mutating func readEnvironments(_ top: ConfigurationSection) -> [Environment]? {
    guard let sections = sections(.environments, of: top) else { return nil }
    var environments: [Environment] = []
    var lines: [String: Int] = [:]
    var tags: [(text: String, environment: String)] = []
    for section in sections {
      let name = value(.environmentName, of: section, as: ConfigurationValue.line)
      let workflow = value(.workflow, of: section, as: ConfigurationValue.pattern)
      let isProtected = value(.protected, of: section, as: ConfigurationValue.flag)
      let marker = value(.marker, of: section, as: ConfigurationValue.marker)
      let tag = value(.tag, of: section, as: ConfigurationValue.tag)
      let isReadOnly = value(.environmentReadOnly, of: section, as: ConfigurationValue.flag)
      let failures = value(.failureArtifacts, of: section, as: ConfigurationValue.marker)
      let aws = readAWS(section)
      if let name {
        let place = section.place(of: .environmentName)
        if let first = lines[name] {
          report(
            .environmentName, at: place,
            "two environments are called \(name.shown()); the first is on line \(first)",
            "Give each environment a name of its own.")
        }
        lines[name] = lines[name] ?? place?.line
      }
      if let tag, let name {
        checkTag(tag, of: section, among: tags)
        tags.append((tag.text, name))
      }
      guard let name, let workflow else { continue }
      environments.append(
        Environment(
          name: name, workflow: workflow, isProtected: isProtected ?? false, aws: aws,
          marker: marker ?? .standard, failureArtifacts: failures, tag: tag ?? .standard,
          readOnlyReason: isReadOnly == true
            ? "read_only is true for \(name) in the configuration" : nil))
    }
    return environments
  }

  /// Reports a template whose tags are another environment's too: one tag would deploy to both.
  private mutating func checkTag(
    _ tag: TagTemplate, of section: ConfigurationSection,
    among others: [(text: String, environment: String)]
  ) {
    guard !tag.text.contains("{environment}"),
      let other = others.first(where: { $0.text == tag.text })
    else { return }
    report(
      .tag, at: section.place(of: .tag),
      "its tags cannot be told from those of \(other.environment.shown())",
      "Put `{environment}` into it, or a fixed word of its own.")
  }

  private mutating func readAWS(_ environment: ConfigurationSection) -> AWSScope? {
    guard let aws = section(.aws, of: environment) else { return nil }
    return AWSScope(
      profile: value(.profile, of: aws, as: ConfigurationValue.line),
      region: value(.region, of: aws, as: ConfigurationValue.region),
      roleARN: value(.roleARN, of: aws, as: ConfigurationValue.roleARN),
      endpoint: value(.endpointURL, of: aws, as: ConfigurationValue.url))
  }

  /// Notes a problem.
  mutating func report(
    _ key: ConfigurationKey, at place: TextPlace?, _ problem: String, _ remedy: String
  ) {
    report(path: key.path, at: place, problem, remedy)
  }

  /// Notes a problem with a key that need not be in the table.
  mutating func report(
    path: String?, at place: TextPlace?, _ problem: String, _ remedy: String
  ) {
    problems.append(
      ConfigurationProblem(
        file: file, line: place?.line, column: place?.column, key: path, problem: problem,
        remedy: remedy))
  }
}
