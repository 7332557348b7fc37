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
    guard let github, let environments else { return nil }
    return Configuration(
      github: github,
      environments: environments,
      recent: recent ?? Configuration.Standard.recent,
      refresh: .seconds(active ?? Configuration.Standard.activeSeconds),
      idle: .seconds(idle ?? Configuration.Standard.idleSeconds),
      noRunnerAfter: .seconds(60 * (noRunner ?? Configuration.Standard.noRunnerMinutes)),
      glyphs: glyphs ?? .auto,
      files: files,
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
    for section in sections {
      let name = value(.environmentName, of: section, as: ConfigurationValue.line)
      let workflow = value(.workflow, of: section, as: ConfigurationValue.pattern)
      let isProtected = value(.protected, of: section, as: ConfigurationValue.flag)
      let marker = value(.marker, of: section, as: ConfigurationValue.marker)
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
      guard let name, let workflow else { continue }
      environments.append(
        Environment(
          name: name, workflow: workflow, isProtected: isProtected ?? false, aws: aws,
          marker: marker ?? .standard, failureArtifacts: failures))
    }
    return environments
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
