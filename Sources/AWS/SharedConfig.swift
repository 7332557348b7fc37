import Foundation

/// The shared configuration and credentials files of the AWS tools, as one.
package struct SharedConfig: Sendable, Hashable {
  /// One setting and where it stands.
  struct Value: Sendable, Hashable {
    var text: String
    var file: String
    var line: Int
    /// The indented settings below it, as in a `services` section.
    var nested: [String: String] = [:]
  }

  /// A `profile`, `sso-session` or `services` section.
  struct Section: Sendable, Hashable {
    var name: String
    var values: [String: Value] = [:]

    /// A setting's text; `nil` where it is not set or empty.
    subscript(key: String) -> String? {
      values[key].flatMap { $0.text.isEmpty ? nil : $0.text }
    }
  }

  /// The files that were looked for, present or not.
  package internal(set) var files: [String] = []
  /// Profiles of both files; where both set a key, the credentials file's counts.
  var profiles: [String: Section] = [:]
  /// Keys and secrets that stand in the credentials file, by profile.
  var credentialsFileProfiles: [String: Section] = [:]
  /// Keys and secrets that stand in the configuration file, by profile.
  var configFileProfiles: [String: Section] = [:]
  /// Sign-in sessions by name.
  var sessions: [String: Section] = [:]
  /// Endpoints by the name that a profile's `services` gives.
  var services: [String: Section] = [:]

  /// The names of all profiles, sorted.
  package var profileNames: [String] { profiles.keys.sorted() }

  /// Reads the files that the environment names, else those in the home directory.
  /// - Throws: ``AWSError/badConfiguration(file:line:reason:remedy:)``.
  package init(environment: [String: String], files reader: FileReader = .disk) throws {
    let configPath = Self.path("AWS_CONFIG_FILE", "config", environment)
    let credentialsPath = Self.path("AWS_SHARED_CREDENTIALS_FILE", "credentials", environment)
    files = [configPath, credentialsPath]
    if let text = try reader.text(configPath) {
      try addConfig(SharedConfigParser(file: configPath).parse(text))
    }
    if let text = try reader.text(credentialsPath) {
      for section in try SharedConfigParser(file: credentialsPath).parse(text) {
        credentialsFileProfiles[section.name, default: Section(name: section.name)]
          .values.merge(section.values) { $1 }
      }
    }
    profiles = configFileProfiles
    for (name, section) in credentialsFileProfiles {
      profiles[name, default: Section(name: name)].values.merge(section.values) { $1 }
    }
  }

  /// The directory that holds the AWS tools' files and caches.
  static func directory(_ environment: [String: String]) -> String {
    home(environment) + "/.aws"
  }

  private mutating func addConfig(_ sections: [Section]) {
    for section in sections {
      let words = section.name.split(separator: " ", maxSplits: 1).map(String.init)
      let kind = words.first ?? ""
      let name = words.count == 2 ? Self.unquoted(words[1]) : ""
      if section.name == "default" {
        Self.merge(section, as: "default", into: &configFileProfiles)
      } else if kind == "profile", !name.isEmpty {
        Self.merge(section, as: name, into: &configFileProfiles)
      } else if kind == "sso-session", !name.isEmpty {
        Self.merge(section, as: name, into: &sessions)
      } else if kind == "services", !name.isEmpty {
        Self.merge(section, as: name, into: &services)
      }
    }
  }

  private static func merge(
    _ section: Section, as name: String, into sections: inout [String: Section]
  ) {
    sections[name, default: Section(name: name)].values.merge(section.values) { $1 }
  }

  private static func unquoted(_ name: String) -> String {
    let name = name.trimmingCharacters(in: .whitespaces)
    for quote in ["\"", "'"] where name.count >= 2 && name.hasPrefix(quote) && name.hasSuffix(quote)
    {
      return String(name.dropFirst().dropLast())
    }
    return name
  }

  private static func path(
    _ variable: String, _ standard: String, _ environment: [String: String]
  ) -> String {
    guard let path = environment[variable], !path.isEmpty else {
      return "\(directory(environment))/\(standard)"
    }
    return path.hasPrefix("~/") ? home(environment) + path.dropFirst() : path
  }

  private static func home(_ environment: [String: String]) -> String {
    environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
  }
}
