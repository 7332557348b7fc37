/// Where an action came from: the account, the machine and the process.
package struct AuditOrigin: Sendable, Hashable {
  /// A process, told apart from every other that had or will have its number.
  package struct Process: Sendable, Hashable {
    /// The process id.
    package var id: Int32
    /// When the process started, as the system counts it; empty where it does not say.
    package var start: String
    /// The boot of the machine that it started after; empty where the system does not say.
    package var boot: String
    /// The container in which the id counts; empty where the system knows no such thing.
    package var space: String

    /// Creates a process.
    package init(id: Int32, start: String, boot: String, space: String) {
      self.id = id
      self.start = start
      self.boot = boot
      self.space = space
    }
  }

  /// The account's name on the machine.
  package var user: String
  /// The machine's name.
  package var host: String
  /// The process.
  package var process: Process

  /// Creates an origin.
  package init(user: String, host: String, process: Process) {
    self.user = user
    self.host = host
    self.process = process
  }
}
