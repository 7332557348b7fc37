// swift-tools-version: 6.2

import PackageDescription

/// Strictness that every target shares.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A library target of this package.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A test target named after what it tests.
func tests(of name: String, _ others: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name)] + others,
    swiftSettings: strict)
}

/// A library of the system; only Homebrew keeps its headers where no compiler looks by itself.
func systemLibrary(_ name: String, in module: String, debian: String, brew: String) -> Target {
  #if os(macOS)
  let configuration: String? = module
  #else
  let configuration: String? = nil
  #endif
  return .systemLibrary(
    name: name, pkgConfig: configuration, providers: [.apt([debian]), .brew([brew])])
}

let package = Package(
  name: "cdtop",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "cdtop", targets: ["cdtop"])],
  dependencies: [
    // Commands, options, help and completions from one declaration.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Chosen over URLSession by measurement on Linux; see docs/architecture.md.
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    // What async-http-client is built on: its errors, timeouts, certificates and decompression
    // limits are types of these packages.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    // SHA-256 and HMAC for AWS request signing.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // Configuration and workflow files.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // SQLite with migrations: the audit log and what is remembered between two starts.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // The simulator's HTTP server, and nothing else's.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
  ],
  targets: [
    // Floor 0
    library("Deploys"),
    library("Canvas"),
    library(
      "Transport",
      [
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    .target(
      name: "CTerminal",
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),

    // Zip archives are read by libarchive, patterns are matched by PCRE2: both are on every system's
    // package list, are fuzzed by others, and take bytes that are not UTF-8.
    systemLibrary("CArchive", in: "libarchive", debian: "libarchive-dev", brew: "libarchive"),
    systemLibrary("CPattern", in: "libpcre2-8", debian: "libpcre2-dev", brew: "pcre2"),

    // Floor 1
    library("LogText", ["Canvas", "CPattern"]),
    library("Archives", ["CArchive", "Deploys"]),
    library("GitHub", ["Deploys", "Transport"]),
    library(
      "AWS", ["Deploys", "Transport", .product(name: "Crypto", package: "swift-crypto")]),
    library("Settings", ["Deploys", .product(name: "Yams", package: "Yams")]),
    library("TerminalIO", ["Canvas", "CTerminal"]),
    library("Store", ["Deploys", .product(name: "GRDB", package: "GRDB.swift")]),

    // Floor 2
    library("Polling", ["Deploys", "GitHub", "AWS"]),
    library(
      "Operations",
      [
        "Deploys", "Transport", "GitHub", "AWS", "LogText", "Archives", "Store",
        .product(name: "Yams", package: "Yams"),
      ]),
    library(
      "Simulation",
      [
        "Deploys", "Transport",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
      ]),
    library("Dashboard", ["Deploys", "Canvas", "LogText"]),

    // Floor 3
    .executableTarget(
      name: "cdtop",
      dependencies: [
        "Deploys", "Canvas", "LogText", "Archives", "Transport", "GitHub", "AWS", "Settings",
        "Store", "TerminalIO", "Polling", "Operations", "Simulation", "Dashboard",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "Benchmarks",
      // It runs the cdtop that is built beside it, as its users would.
      dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),

    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    tests(of: "Deploys"),
    tests(of: "Canvas"),
    tests(of: "LogText", ["Canvas"]),
    tests(of: "Archives", ["Deploys"]),
    tests(of: "Transport"),
    tests(of: "GitHub", ["Deploys", "Transport"]),
    tests(of: "AWS", ["Deploys", "Transport"]),
    tests(of: "Settings", ["Deploys"]),
    tests(of: "TerminalIO", ["Canvas"]),
    tests(of: "Store", ["Deploys", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(of: "Polling", ["AWS", "Deploys", "GitHub", "Simulation", "Transport"]),
    tests(
      of: "Operations",
      ["AWS", "Archives", "Deploys", "GitHub", "LogText", "Simulation", "Store", "Transport"]),
    tests(of: "Simulation", ["Deploys", "Transport"]),
    .testTarget(
      name: "DashboardTests", dependencies: ["Dashboard", "Canvas", "Deploys", "LogText"],
      exclude: ["Snapshots"], swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["cdtop", "Transport"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
