import Deploys
import Foundation
import Testing

@testable import Settings

@Suite("The configuration file")
struct ConfigurationFileTests {
  @Test("is looked for in the order of option, variable, XDG folder, home folder")
  func order() {
    var environment = ["HOME": "/home/ann", "XDG_CONFIG_HOME": "/xdg", "CDTOP_CONFIG": "v.yaml"]
    func locate(_ explicit: String? = nil) -> ConfigurationLocation {
      ConfigurationFile.locate(explicit: explicit, environment: environment)
    }

    #expect(locate("o.yaml") == ConfigurationLocation(path: "o.yaml", origin: .option))
    #expect(locate() == ConfigurationLocation(path: "v.yaml", origin: .variable))
    environment["CDTOP_CONFIG"] = ""
    #expect(locate() == ConfigurationLocation(path: "/xdg/cdtop/config.yaml", origin: .xdg))
    environment["XDG_CONFIG_HOME"] = "relative"
    #expect(
      locate()
        == ConfigurationLocation(path: "/home/ann/.config/cdtop/config.yaml", origin: .home))
    environment["XDG_CONFIG_HOME"] = nil
    #expect(locate().origin == .home)
    #expect(locate("~/o.yaml").path == "/home/ann/o.yaml")
    environment["CDTOP_CONFIG"] = "~/v.yaml"
    #expect(locate().path == "/home/ann/v.yaml")
  }

  @Test("is looked for in the account's home folder where HOME is not set")
  func noHome() {
    let location = ConfigurationFile.locate(explicit: nil, environment: [:])
    #expect(location.path.hasPrefix("/"))
    #expect(location.path.hasSuffix("/.config/cdtop/config.yaml"))
  }

  @Test("is loaded from its path")
  func loads() throws {
    try withFile(Data(soundText.utf8)) { path in
      let configuration = try ConfigurationFile.load(
        ConfigurationLocation(path: path, origin: .option))
      #expect(configuration.file == path)
      #expect(configuration.environments.map(\.name) == ["dev"])
    }
  }

  @Test("may begin with a byte-order mark")
  func byteOrderMark() throws {
    try withFile(Data([0xEF, 0xBB, 0xBF] + Array(soundText.utf8))) { path in
      let configuration = try ConfigurationFile.load(
        ConfigurationLocation(path: path, origin: .option))
      #expect(configuration.environments.count == 1)
    }
  }

  @Test(
    "is missed with the place, who named it, and a file to paste",
    arguments: [
      (ConfigurationLocation.Origin.option, "given with --config"),
      (.variable, "given with CDTOP_CONFIG"),
      (.xdg, "from XDG_CONFIG_HOME"),
      (.home, "the usual place"),
    ])
  func missing(origin: ConfigurationLocation.Origin, word: String) throws {
    let location = ConfigurationLocation(path: "/nowhere/at/all/config.yaml", origin: origin)
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationFile.load(location)
    }
    #expect(error == .notFound(location))
    #expect(error.message.contains("/nowhere/at/all/config.yaml"))
    #expect(error.message.contains(word))
    #expect(error.remedy.contains("repositories: [acme/shop, acme/web]"))
    #expect(error.remedy.contains("`cdtop demo` needs no file."))
    #expect(error.problems.isEmpty)
  }

  @Test("is refused where it is a folder")
  func folder() throws {
    let path = FileManager.default.temporaryDirectory.path
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationFile.load(ConfigurationLocation(path: path, origin: .option))
    }
    #expect(error == .unreadable(file: path, reason: "it is a folder"))
    #expect(error.message.hasPrefix("cannot read"))
  }

  @Test("is missed where a file stands in place of its folder")
  func fileInPlaceOfFolder() throws {
    try withFile(Data()) { path in
      let location = ConfigurationLocation(path: "\(path)/config.yaml", origin: .option)
      let error = try #require(throws: ConfigurationError.self) {
        try ConfigurationFile.load(location)
      }
      #expect(error == .notFound(location))
    }
  }

  @Test("is refused with plain words where the system gives none")
  func strangeFailure() {
    let location = ConfigurationLocation(path: #filePath, origin: .option)
    let error = ConfigurationFile.failure(CocoaError(.fileReadUnknown), reading: location)
    #expect(error.message == "cannot read \(#filePath): the system refuses to open or to read it")
  }

  @Test("is refused where permission is denied")
  func permission() {
    let location = ConfigurationLocation(path: "/x", origin: .option)
    let error = ConfigurationFile.failure(CocoaError(.fileReadNoPermission), reading: location)
    #expect(error == .unreadable(file: "/x", reason: "permission denied"))
    #expect(error.remedy.contains("you may read"))
  }

  @Test(
    "is refused with the place where it is not UTF-8",
    arguments: [([0xFF], 1, 1), (Array("a: 1\nb: ".utf8) + [0xC3, 0x28], 2, 4)])
  func notUTF8(bytes: [UInt8], line: Int, column: Int) throws {
    try withFile(Data(bytes)) { path in
      let error = try #require(throws: ConfigurationError.self) {
        try ConfigurationFile.load(ConfigurationLocation(path: path, origin: .option))
      }
      let problem = try #require(error.problems.first)
      #expect(problem.problem == "the text is not UTF-8")
      #expect(problem.line == line)
      #expect(problem.column == column)
      #expect(error.remedy == "Save the file as UTF-8.")
    }
  }

  @Test("is refused where it is too large to be one")
  func tooLarge() throws {
    let location = ConfigurationLocation(path: "/dev/zero", origin: .option)
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationFile.load(location)
    }
    #expect(error == .tooLarge(file: "/dev/zero", limit: 1_048_576))
    #expect(error.message.contains("1024 KiB"))
  }

  @Test("has a path that is made safe in messages")
  func strangePath() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationFile.load(
        ConfigurationLocation(path: "/nowhere/\u{1B}[31m\u{202E}", origin: .option))
    }
    #expect(error.message.contains(#"/nowhere/\u{1B}[31m\u{202E}"#))
  }

  private func withFile(_ data: Data, _ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("cdtop-\(UUID().uuidString).yaml")
    try data.write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }
}
