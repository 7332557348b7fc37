import Deploys
import Foundation
import Synchronization
import Transport

@testable import AWS

/// The clock of the tests: 2026-11-23T01:02:03Z.
let testTime = Date(timeIntervalSince1970: 1_795_395_723)

/// Always the same keys, or an error.
struct FixedProvider: CredentialProvider {
  var credentials = Credentials(
    accessKeyID: "AKIDTESTTESTTESTTEST",
    secretAccessKey: "secret/+secretsecretsecretsecretsecretsec")

  func credentials(for scope: AWSScope) async throws -> Credentials { credentials }
}

/// Files by path; a file whose text is `nil` cannot be read.
func files(_ texts: [String: String?]) -> FileReader {
  FileReader { path in
    guard let text = texts[path] else { return nil }
    guard let text else { throw CocoaError(.fileReadNoPermission) }
    return Data(text.utf8)
  }
}

/// Remembers every wait and waits for none.
final class Waits: Sendable {
  private let all = Mutex<[Duration]>([])
  var durations: [Duration] { all.withLock { $0 } }
  func wait(_ duration: Duration) { all.withLock { $0.append(duration) } }
}

/// Draws the largest number each time, so that a wait is its bound.
struct Largest: RandomNumberGenerator {
  mutating func next() -> UInt64 { .max }
}

func clients(
  _ transport: ScriptedTransport, environment: [String: String] = [:], retry: RetryPolicy = .none,
  credentials: (any CredentialProvider)? = FixedProvider(), files: FileReader = files([:]),
  waits: Waits = Waits(), now: @escaping @Sendable () -> Date = { testTime }
) -> AWSClients {
  AWSClients(
    environment: ["HOME": "/home/kim"].merging(environment) { $1 }, transport: transport,
    retry: retry, now: now, credentials: credentials, files: files,
    sleep: { waits.wait($0) }, generator: { Largest() })
}

let seoul = AWSScope(profile: "acme-dev", region: "ap-northeast-2")

func chain(
  _ environment: [String: String], _ texts: [String: String?] = [:],
  transport: ScriptedTransport = ScriptedTransport(HTTPResponse(status: 599)),
  commands: CommandLimit = .standard, now: @escaping @Sendable () -> Date = { testTime }
) -> CredentialChain {
  CredentialChain(
    environment: ["HOME": "/home/kim"].merging(environment) { $1 }, files: files(texts),
    caller: ServiceCaller(
      transport: transport, retry: .none, now: now, sleep: { _ in }, generator: { Largest() }),
    commands: commands)
}

/// The error that a call ends with.
func failure(_ body: () async throws -> some Any) async -> AWSError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? AWSError
  }
}
