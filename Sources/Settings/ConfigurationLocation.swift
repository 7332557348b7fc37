import Foundation

/// Where the configuration file is looked for, and who said so.
package struct ConfigurationLocation: Sendable, Hashable {
  /// Who named the place.
  package enum Origin: Sendable, Hashable, CaseIterable {
    /// The option `--config`.
    case option
    /// The variable `CDTOP_CONFIG`.
    case variable
    /// The variable `XDG_CONFIG_HOME`.
    case xdg
    /// Nobody: the usual place in the home folder.
    case home
  }

  /// The file's path.
  package var path: String
  /// Who named it.
  package var origin: Origin

  /// Creates a location.
  package init(path: String, origin: Origin) {
    self.path = path
    self.origin = origin
  }
}

extension ConfigurationLocation.Origin {
  /// Who named the place, in words for a message.
  var summary: String {
    switch self {
    case .option: "given with --config"
    case .variable: "given with CDTOP_CONFIG"
    case .xdg: "from XDG_CONFIG_HOME; neither --config nor CDTOP_CONFIG is set"
    case .home: "the usual place; neither --config nor CDTOP_CONFIG is set"
    }
  }

  /// What to do where nothing is there.
  var remedy: String {
    switch self {
    case .option: "Check the path behind --config."
    case .variable: "Check the path in CDTOP_CONFIG, or unset it."
    case .xdg, .home: "Write the file there, or name another with --config."
    }
  }
}

extension ConfigurationFile {
  /// Tells where the file is looked for.
  ///
  /// The first that is set counts, whether there is a file or not: `--config`, `CDTOP_CONFIG`,
  /// `$XDG_CONFIG_HOME/cdtop/config.yaml`, `~/.config/cdtop/config.yaml`. A relative
  /// `XDG_CONFIG_HOME` is ignored, as the XDG Base Directory Specification asks.
  /// - Parameters:
  ///   - explicit: The value of `--config`; `nil` where it is not given.
  ///   - environment: The process's environment.
  /// - Returns: The path, with who named it.
  package static func locate(
    explicit: String?, environment: [String: String]
  ) -> ConfigurationLocation {
    let home = HomeFolder.path(environment) ?? ""
    func expanded(_ path: String) -> String {
      path.hasPrefix("~/") ? home + path.dropFirst(1) : path
    }
    if let explicit { return ConfigurationLocation(path: expanded(explicit), origin: .option) }
    if let path = environment["CDTOP_CONFIG"], !path.isEmpty {
      return ConfigurationLocation(path: expanded(path), origin: .variable)
    }
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return ConfigurationLocation(path: "\(folder)/cdtop/config.yaml", origin: .xdg)
    }
    return ConfigurationLocation(path: "\(home)/.config/cdtop/config.yaml", origin: .home)
  }
}
