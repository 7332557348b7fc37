import Foundation

/// The folder that is meant by `~`.
package enum HomeFolder {
  /// Tells where it is: `HOME`, else what the system's list of accounts says.
  ///
  /// A value that is empty, relative or the root is ignored: it would put files wherever the program
  /// is started, or where nobody looks for them.
  /// - Parameters:
  ///   - environment: The process's environment.
  ///   - account: The folder that the list of accounts has for the process's user.
  /// - Returns: The path, without slashes at its end; `nil` where nobody names a folder.
  package static func path(
    _ environment: [String: String], account: String? = Self.ofAccount()
  ) -> String? {
    for candidate in [environment["HOME"], account] {
      guard var path = candidate, path.hasPrefix("/") else { continue }
      while path.hasSuffix("/") { path.removeLast() }
      if !path.isEmpty { return path }
    }
    return nil
  }

  /// The folder that the list of accounts has for the process's user, whatever `HOME` says.
  package static func ofAccount() -> String? {
    var account = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var texts = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(getuid(), &account, &texts, texts.count, &found) == 0, found != nil,
      let folder = account.pw_dir
    else { return nil }
    return String(cString: folder)
  }
}
