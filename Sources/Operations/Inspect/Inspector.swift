package import AWS
package import Archives
import Deploys
package import Foundation
package import GitHub
import Synchronization

/// What an operator reads about a run: the one place between the clients and whoever shows it.
///
/// Whatever is fetched stands in a private folder while somebody looks at it. Two who look at the
/// same thing share one fetch.
package final class Inspector: Sendable {
  let github: GitHubClient
  let aws: AWSClients
  let folder: PrivateFolder
  let limits: ArchiveLimits
  let home: String
  let now: @Sendable () -> Date
  let sleep: @Sendable (Duration) async throws -> Void
  let disk: Disk
  let shelf = Shelf()
  let saves = Mutex(Saves())
  /// The copies of texts that programs of the operator's show now.
  let lent = Mutex<[LogSource: PrivateFile]>([:])

  /// What is being saved.
  struct Saves {
    var tasks: [Int: Task<Void, Never>] = [:]
    var count = 0
    var isClosed = false
  }

  /// Creates an inspector; it asks nothing by itself.
  /// - Parameters:
  ///   - github: A client of its own, as ``Operator`` has.
  ///   - aws: The clients of all accounts.
  ///   - folder: Where the fetched things stand.
  ///   - limits: How much of an archive is taken.
  ///   - home: The folder that `~` means.
  ///   - now: The clock, as long as GitHub's answers do not tell that it is wrong.
  ///   - sleep: Waits between two looks.
  ///   - disk: What writes the files that are saved.
  package init(
    github: GitHubClient, aws: AWSClients, folder: PrivateFolder,
    limits: ArchiveLimits = ArchiveLimits(), home: String = NSHomeDirectory(),
    now: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = {
      try await Task.sleep(for: $0)
    },
    disk: Disk = .system
  ) {
    self.github = github
    self.aws = aws
    self.folder = folder
    self.limits = limits
    self.home = home
    self.now = {
      let now = now()
      return github.clockError?.corrected(now) ?? now
    }
    self.sleep = sleep
    self.disk = disk
  }

  /// Removes what was fetched and waits for nothing: for a process that ends here and now.
  package func removeFetched() {
    folder.close()
  }

  /// Stops everything, waits for it, and removes what was fetched.
  ///
  /// What has come of an artifact that was being saved is kept beside its place, for going on.
  package func close() async {
    let saving = saves.withLock { saves in
      saves.isClosed = true
      return Array(saves.tasks.values)
    }
    for task in saving { task.cancel() }
    await shelf.close()
    let copies = lent.withLock { copies in
      defer { copies = [:] }
      return copies
    }
    withExtendedLifetime(copies) {}
    for task in saving { await task.value }
    folder.close()
  }
}
