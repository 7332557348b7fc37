import Foundation

extension StateFile {
  /// Whether the file's disk is another machine's, so that processes there may have it open too.
  ///
  /// Such processes share no memory with ours, which is what SQLite's write-ahead log stands on.
  /// Source: <https://www.sqlite.org/wal.html>
  var isOnNetwork: Bool {
    #if os(Linux)
    guard let whole = realpath(path, nil) else { return false }
    defer { free(whole) }
    guard let mounts = try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8) else {
      return false
    }
    return Self.isOnNetwork(String(cString: whole), mounts: mounts)
    #else
    var facts = statfs()
    return statfs(path, &facts) == 0 && facts.f_flags & UInt32(MNT_LOCAL) == 0
    #endif
  }

  /// The file systems whose files other machines may have open.
  private static let networks: Set<Substring> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "gpfs", "beegfs", "gfs2",
    "ocfs2", "9p", "virtiofs", "fuse",
  ]

  /// Whether a path without links is on such a file system, by the kernel's list of mounts.
  ///
  /// Any file system that a program serves (`fuse.…`) counts, for `sshfs` is one of them.
  /// Source: proc_pid_mounts(5) and fstab(5) for the format.
  static func isOnNetwork(_ path: String, mounts: String) -> Bool {
    var longest = -1
    var kind: Substring = ""
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 2 else { continue }
      let point = unescaped(fields[1])
      let isAbove = path == point || path.hasPrefix(point.hasSuffix("/") ? point : point + "/")
      // Of two mounts on one folder the later covers the earlier.
      guard isAbove, point.utf8.count >= longest else { continue }
      longest = point.utf8.count
      kind = fields[2]
    }
    return networks.contains(kind) || kind.hasPrefix("fuse.")
  }

  /// The kernel writes blanks and backslashes of a path as three octal digits.
  private static func unescaped(_ field: Substring) -> String {
    let escapes = [#"\040"#: " ", #"\011"#: "\t", #"\012"#: "\n", #"\134"#: #"\"#]
    guard field.contains(#"\"#) else { return String(field) }
    var text = ""
    var rest = field
    while let first = rest.first {
      let escape = String(rest.prefix(4))
      text.append(escapes[escape].map(Character.init) ?? first)
      rest = rest.dropFirst(escapes[escape] == nil ? 1 : 4)
    }
    return text
  }
}
