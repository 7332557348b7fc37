import Deploys
import Foundation
import GRDB
import Testing

@testable import Store

@Suite("Opening the state database")
struct StateDatabaseTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A file's permissions as the system writes them; `nil` where there is no file.
  private static func mode(_ path: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.posixPermissions] as? NSNumber)?.intValue
  }

  @Test("makes the folder 0700 and every file 0600, whatever the umask")
  func permissions() async {
    for mask: mode_t in [0, 0o022, 0o777] {
      await #expect(processExitsWith: .success) {
        [path = folder.database as String, mask = mask as mode_t] in
        umask(mask)
        let file = "\(path)-\(mask)/cdtop.sqlite"
        let database = try StateDatabase.open(at: file)
        _ = try database.audit.begin(makeIntent())
        let folder = (file as NSString).deletingLastPathComponent
        #expect(Self.mode(folder) == 0o700)
        #expect(Self.mode((folder as NSString).deletingLastPathComponent) == 0o700)
        for name in ["", "-wal", "-shm", "-lock"] { #expect(Self.mode(file + name) == 0o600) }
      }
    }
  }

  @Test("takes a file that others may read from them, and leaves the folder as it is")
  func restricts() throws {
    let path = "\(folder.path)/cdtop.sqlite"
    try StateDatabase.open(at: path).connection.queue.close()
    for name in ["", "-wal"] {
      if Self.mode(path + name) == nil {
        _ = FileManager.default.createFile(atPath: path + name, contents: nil)
      }
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o666], ofItemAtPath: path + name)
    }
    let database = try StateDatabase.open(at: path)
    _ = try database.audit.begin(makeIntent())
    for name in ["", "-wal", "-shm"] { #expect(Self.mode(path + name) == 0o600) }
    #expect(Self.mode(folder.path) == 0o755)
  }

  /// What a connection answers to a question, as text.
  private static func ask(_ queue: DatabaseQueue, _ sql: String) throws -> String? {
    try queue.inDatabase { db in try String.fetchOne(db, sql: sql) }
  }

  @Test("asks for what survives a power cut")
  func durability() throws {
    let queue = try StateDatabase.open(at: folder.database).connection.queue
    #expect(try Self.ask(queue, "PRAGMA journal_mode") == "wal")
    #expect(try Self.ask(queue, "PRAGMA synchronous") == "3")
    #expect(try Self.ask(queue, "PRAGMA busy_timeout") == "5000")
  }

  @Test("turns the write-ahead log off on a network disk")
  func network() throws {
    _ = try StateDatabase.open(at: folder.database).audit.begin(makeIntent())
    let queue = try StateDatabase.connect(
      folder.database, isOnNetwork: true, patience: .seconds(1))
    #expect(try Self.ask(queue, "PRAGMA journal_mode") == "delete")
    #expect(try Self.ask(queue, "PRAGMA synchronous") == "3")
    #expect(try Self.ask(queue, "SELECT count(*) FROM auditEntry") == "1")
  }

  @Test(
    "knows a network disk by the list of mounts",
    arguments: [
      ("/home/kim/.local/state/x", true), ("/home/kimberley/x", false), ("/x", false),
      ("/mnt/my disk/x", true), ("/home/kim/local/x", false), ("/home/lee/x", true),
    ])
  func mounts(path: String, expected: Bool) {
    let mounts = #"""
      /dev/sda1 / ext4 rw 0 0
      server:/kim /home/kim nfs4 rw,vers=4.2 0 0
      /dev/sdb1 /home/kim/local xfs rw 0 0
      //server/disk /mnt/my\040disk cifs rw 0 0
      /dev/sdc1 /home/lee ext4 rw 0 0
      lee@server: /home/lee fuse.sshfs rw 0 0
      """#
    #expect(StateFile.isOnNetwork(path, mounts: mounts) == expected)
  }

  @Test("begins an empty file, and finds everything again")
  func reopens() throws {
    try FileManager.default.createDirectory(
      atPath: (folder.database as NSString).deletingLastPathComponent,
      withIntermediateDirectories: true)
    _ = FileManager.default.createFile(atPath: folder.database, contents: nil)
    let clock = HandClock()
    let entries: [AuditEntry]
    do {
      let database = try StateDatabase.open(at: folder.database, now: clock.reading)
      try database.audit.finish(
        try database.audit.begin(makeIntent()), .refused(message: "422"))
      _ = try database.audit.begin(makeIntent())
      entries = try database.audit.entries()
    }
    let database = try StateDatabase.open(at: folder.database)
    #expect(entries.count == 2)
    #expect(try database.audit.entries() == entries)
  }

  @Test("brings the first version's file to the newest")
  func migrates() throws {
    let path = "\(folder.path)/cdtop.sqlite"
    do {
      let queue = try DatabaseQueue(path: path)
      try StateSchema.migrator.migrate(queue, upTo: "createAuditEntry")
      try queue.write { db in
        try db.execute(
          sql: """
            INSERT INTO auditEntry
              (startedAt, user, host, processID, processStart, processBoot, processSpace, action,
               targetKind, tag, sha, summary, method, path)
            VALUES ('2026-09-21 13:33:20.000', 'kim', 'old', 7, '1', 'b', '', 'tag', 'tag',
              'shop-dev-20260921-01', 'abc', 'tag it', 'POST', '/repos/acme/shop/git/refs')
            """)
      }
    }
    let database = try StateDatabase.open(at: path)
    let entry = try #require(try database.audit.entries().first)
    #expect(entry.id == AuditID(rawValue: 1))
    #expect(entry.startedAt == Date(timeIntervalSince1970: 1_789_997_600))
    #expect(entry.intent.target == .tag(name: "shop-dev-20260921-01", sha: "abc"))
    try database.audit.finish(entry.id, .unknown(message: "?"))
    #expect(try database.notices.claim(event: "e", channel: "c"))
    try database.rememberedInputs.remember(ref: "main", inputs: [], for: "a.yml", in: shop)
  }

  @Test("refuses the file of a newer version, and leaves it as it is")
  func newer() throws {
    do {
      let database = try StateDatabase.open(at: folder.database)
      try database.connection.queue.write { db in
        try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('createSomethingNew')")
      }
    }
    let error = #expect(throws: StoreError.tooNew(file: folder.database)) {
      try StateDatabase.open(at: folder.database)
    }
    #expect(error?.message.contains(folder.database) == true)
    #expect(error?.message.contains("newer") == true)
  }

  @Test("says that a file is no database, and what to do")
  func notADatabase() throws {
    let path = "\(folder.path)/cdtop.sqlite"
    let bytes = Data((0..<8192).map { _ in UInt8.random(in: 1...255) })
    _ = FileManager.default.createFile(atPath: path, contents: bytes)
    let error = #expect(throws: StoreError.self) { try StateDatabase.open(at: path) }
    guard case .corrupt(path, _) = error else {
      Issue.record("not corrupt: \(String(describing: error))")
      return
    }
    #expect(error?.remedy.contains("\(path)-wal") == true)
    #expect(FileManager.default.contents(atPath: path) == bytes)
  }

  @Test("says that a database is damaged where its pages are")
  func damaged() throws {
    do {
      let database = try StateDatabase.open(at: folder.database)
      for _ in 0..<200 { _ = try database.audit.begin(makeIntent()) }
      try database.connection.queue.close()
    }
    let file = try #require(FileHandle(forUpdatingAtPath: folder.database))
    let size = try file.seekToEnd()
    try file.seek(toOffset: 4096)
    try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096))
    try file.close()
    let error = #expect(throws: StoreError.self) {
      let database = try StateDatabase.open(at: folder.database)
      _ = try database.audit.entries()
    }
    guard case .corrupt(folder.database, _) = error else {
      Issue.record("not corrupt: \(String(describing: error))")
      return
    }
  }

  @Test("says that a folder may not be written to")
  func readOnlyFolder() async {
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      // The superuser may write anywhere, and stops being it here.
      if getuid() == 0 { try #require(seteuid(65_534) == 0) } else { chmod(path, 0o500) }
      let missing = #expect(throws: StoreError.self) {
        try StateDatabase.open(at: "\(path)/cdtop/cdtop.sqlite")
      }
      guard case .folder("\(path)/cdtop", _) = missing else {
        Issue.record("not the folder: \(String(describing: missing))")
        return
      }
      let error = #expect(throws: StoreError.self) {
        try StateDatabase.open(at: "\(path)/cdtop.sqlite")
      }
      guard case .unwritable(let file, _) = error, file.hasPrefix(path) else {
        Issue.record("not unwritable: \(String(describing: error))")
        return
      }
      #expect(error?.remedy.contains("XDG_STATE_HOME") == true)
    }
  }

  @Test("says that the file of somebody else may not be written to")
  func otherOwner() async throws {
    let path = "\(folder.path)/cdtop.sqlite"
    try StateDatabase.open(at: path).connection.queue.close()
    chmod(folder.path, 0o777)
    chmod("\(path)-lock", 0o666)
    await #expect(processExitsWith: .success) { [path = path as String] in
      guard getuid() == 0 else { return }
      try #require(seteuid(65_534) == 0)
      let error = #expect(throws: StoreError.self) { try StateDatabase.open(at: path) }
      guard case .unwritable(path, _) = error else {
        Issue.record("not unwritable: \(String(describing: error))")
        return
      }
    }
  }

  @Test("says that something else has the name of the file or of a folder above it")
  func otherKinds() throws {
    _ = FileManager.default.createFile(atPath: "\(folder.path)/plain", contents: nil)
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/cdtop.sqlite", withIntermediateDirectories: false)
    #expect(throws: StoreError.self) {
      try StateDatabase.open(at: "\(folder.path)/plain/cdtop.sqlite")
    }
    #expect(
      throws: StoreError.unwritable(
        file: "\(folder.path)/cdtop.sqlite", reason: "it is not a file but something else")
    ) {
      try StateDatabase.open(at: "\(folder.path)/cdtop.sqlite")
    }
    #expect(throws: StoreError.self) { try StateDatabase.open(at: "/dev/null/cdtop.sqlite") }
  }

  @Test("follows no link, and leaves what it leads to as it is", arguments: ["", "-wal", "-lock"])
  func link(ending: String) throws {
    let target = "\(folder.path)/somebody's"
    let path = "\(folder.path)/cdtop.sqlite"
    _ = FileManager.default.createFile(
      atPath: target, contents: Data("mine".utf8), attributes: [.posixPermissions: 0o644])
    if ending != "" { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    try FileManager.default.createSymbolicLink(
      atPath: path + ending, withDestinationPath: target)
    let error = #expect(throws: StoreError.self) { try StateDatabase.open(at: path) }
    #expect(error?.message.contains("symbolic link") == true, "\(String(describing: error))")
    #expect(Self.mode(target) == 0o644)
    #expect(FileManager.default.contents(atPath: target) == Data("mine".utf8))
    // One that leads nowhere makes no file there, and is no sign that there is nothing.
    try FileManager.default.removeItem(atPath: target)
    #expect(throws: StoreError.self) { try StateDatabase.open(at: path) }
    #expect(!FileManager.default.fileExists(atPath: target))
    #expect(try StateDatabase.exists(at: path))
  }

  @Test("gives up on a process that does not let go")
  func busy() throws {
    let path = folder.database
    let database = try StateDatabase.open(at: path, patience: .milliseconds(50))
    let other = try StateDatabase.open(at: path)
    var entries: [AuditEntry]?
    try other.connection.queue.inTransaction(.immediate) { _ in
      #expect(throws: StoreError.busy(file: path)) { try database.audit.begin(makeIntent()) }
      // Reading goes on meanwhile.
      entries = try database.audit.entries()
      return .rollback
    }
    #expect(entries == [])
    _ = try database.audit.begin(makeIntent())
    try FileLock.hold(beside: path, patience: .zero) { () throws(StoreError) -> Void in
      #expect(throws: StoreError.busy(file: path)) {
        try StateDatabase.open(at: path, patience: .milliseconds(20))
      }
    }
  }

  @Test("says that the disk is full, and keeps what was there")
  func full() throws {
    let database = try StateDatabase.open(at: folder.database)
    let id = try database.audit.begin(makeIntent())
    try database.connection.queue.inDatabase { db in
      let count = try #require(try Int.fetchOne(db, sql: "PRAGMA page_count"))
      try db.execute(sql: "PRAGMA max_page_count = \(count)")
    }
    #expect(throws: StoreError.full(file: folder.database)) {
      try database.audit.begin(makeIntent(body: String(repeating: "x", count: 100_000)))
    }
    #expect(try database.audit.entries().map(\.id) == [id])
  }

  @Test("is there in memory too")
  func inMemory() throws {
    let clock = HandClock()
    let database = try StateDatabase.inMemory(now: clock.reading)
    _ = try database.audit.begin(makeIntent())
    #expect(try database.audit.entries().map(\.startedAt) == [noon])
    #expect(try StateDatabase.inMemory().audit.entries().isEmpty)
  }

  @Test("tells whether it is there without making anything, and where it could not be")
  func presence() throws {
    #expect(try !StateDatabase.exists(at: folder.database))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    _ = try StateDatabase.open(at: folder.database)
    #expect(try StateDatabase.exists(at: folder.database))
    let file = "\(folder.path)/file"
    _ = FileManager.default.createFile(atPath: file, contents: nil)
    for place in ["\(file)/cdtop/cdtop.sqlite", "/proc/nowhere/cdtop/cdtop.sqlite"] {
      let error = #expect(throws: StoreError.self) { try StateDatabase.exists(at: place) }
      #expect(error?.message.contains("cannot be") == true)
    }
  }
}
