import AWS
import Deploys
import LogText

extension LogOutput {
  /// How many empty pages are read in a row before a log is taken to have no more.
  private static let mostEmpties = 10

  /// Writes what a build that goes on has written so far.
  /// - Throws: An exit code, after having said why there is nothing.
  func writeSoFar(_ build: Build, by clients: AWSClients) async throws {
    guard let group = build.logGroup, let stream = build.logStream else {
      throw missing(build, "its machine is not there yet")
    }
    var writer = LineWriter(hidesTimestamps: hidesTimestamps, isTerminal: isTerminal)
    do {
      let client = try clients.client(for: build.key.scope)
      var token: String?
      var empties = 0
      while empties < Self.mostEmpties {
        let page = try await client.logEvents(group: group, stream: stream, after: token)
        for event in page.events {
          let end = event.message.utf8.last == UInt8(ascii: "\n") ? "" : "\n"
          writer.take(Array("\(event.message)\(end)".utf8))
        }
        // Pages may be empty in the middle; the end is where the token comes back.
        empties = page.events.isEmpty ? empties + 1 : 0
        token = page.nextToken
        if page.isEnd { break }
      }
      writer.finish()
    } catch AWSError.notFound {
      throw missing(build, "CloudWatch has no stream for it yet")
    } catch let error as AWSError {
      throw Console.failure(error.message, remedy: error.remedy)
    }
  }

  private func missing(_ build: Build, _ reason: String) -> any Error {
    Console.failure(
      "build \(build.key.id) has no log yet: \(reason)", remedy: "--follow waits for it.")
  }
}
