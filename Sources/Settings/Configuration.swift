package import Deploys
package import Foundation

/// What the configuration file says, checked, with every default filled in.
package struct Configuration: Sendable, Hashable {
  /// Where GitHub is, and what to watch there.
  package struct GitHub: Sendable, Hashable {
    /// The root of the REST API, without a slash at its end.
    package var apiURL: String
    /// The repositories to watch; never empty when read from a file.
    package var repositories: [RepositoryName]

    /// Creates the settings.
    package init(apiURL: String = Standard.apiURL, repositories: [RepositoryName]) {
      self.apiURL = apiURL
      self.repositories = repositories
    }
  }

  /// What counts where the file says nothing; the table of keys shows the same values.
  package enum Standard {
    /// GitHub.com's own API.
    package static let apiURL = "https://api.github.com"
    /// Finished runs shown for each environment.
    package static let recent = 10
    /// Seconds between two looks at what is going on.
    package static let activeSeconds = 3
    /// Seconds between two looks at a quiet repository.
    package static let idleSeconds = 15
    /// Minutes after which a job without a runner needs a person.
    package static let noRunnerMinutes = 3
    /// The largest file that is unpacked, in MiB.
    package static let largestFileMiB = 1024
    /// How much a zip may hold unpacked, in MiB.
    package static let largestTotalMiB = 4096
    /// How many files a zip may hold.
    package static let mostEntries = 100_000
    /// How many times its packed size a file may have.
    package static let largestRatio = 1000
  }

  /// What is taken of artifacts and where it goes.
  package struct Files: Sendable, Hashable {
    /// The folder that is proposed for downloads; `nil` for the working directory.
    package var folder: String?
    /// The largest file that is unpacked, in bytes.
    package var largestFile = Standard.largestFileMiB << 20
    /// How much a zip may hold unpacked, in bytes.
    package var largestTotal = Standard.largestTotalMiB << 20
    /// How many files a zip may hold.
    package var mostEntries = Standard.mostEntries
    /// How many times its packed size a file may have.
    package var largestRatio = Standard.largestRatio

    /// Creates the settings that count where the file says nothing.
    package init() {}
  }

  /// What tells that a deploy has ended, failed or needs approval.
  package struct Notices: Sendable, Hashable {
    /// Whether the terminal's bell rings.
    package var rings = true
    /// Whether the terminal is asked for a notice on the desktop.
    package var showsOnDesktop = true
    /// A program and its arguments; empty for none.
    package var command: [String] = []
    /// The variable that holds the address of a webhook; `nil` for none.
    package var webhookVariable: String?

    /// Creates the settings that count where the file says nothing.
    package init() {}
  }

  /// Where GitHub is, and what to watch there.
  package var github: GitHub
  /// The environments, in the order of the board.
  package var environments: [Environment]
  /// How many finished runs the board shows for each environment.
  package var recent: Int
  /// How long to wait between two looks at what is going on.
  package var refresh: Duration
  /// How long to wait between two looks at a quiet repository; never shorter than ``refresh``.
  package var idle: Duration
  /// How long a job may wait without a runner before it needs a person.
  package var noRunnerAfter: Duration
  /// With which characters the board draws.
  package var glyphs: GlyphChoice
  /// What is taken of artifacts and where it goes.
  package var files: Files
  /// Whether nothing may be done anywhere from here.
  package var isReadOnly: Bool
  /// The time zone of the clock and of new tags; `nil` for the system's.
  package var timeZone: TimeZone?
  /// What tells of events.
  package var notices: Notices
  /// The path of the file that it came from, or a word for where else.
  package var file: String

  /// Creates a configuration; what is left out has its default.
  package init(
    github: GitHub, environments: [Environment], recent: Int = Standard.recent,
    refresh: Duration = .seconds(Standard.activeSeconds),
    idle: Duration = .seconds(Standard.idleSeconds),
    noRunnerAfter: Duration = .seconds(60 * Standard.noRunnerMinutes),
    glyphs: GlyphChoice = .auto, files: Files = Files(),
    isReadOnly: Bool = false, timeZone: TimeZone? = nil, notices: Notices = Notices(), file: String
  ) {
    self.github = github
    self.environments = environments
    self.recent = recent
    self.refresh = refresh
    self.idle = max(idle, refresh)
    self.noRunnerAfter = noRunnerAfter
    self.glyphs = glyphs
    self.files = files
    self.isReadOnly = isReadOnly
    self.timeZone = timeZone
    self.notices = notices
    self.file = file
  }

  /// Finds an environment by its name.
  package func environment(_ name: String) -> Environment? {
    environments.first { $0.name == name }
  }
}
