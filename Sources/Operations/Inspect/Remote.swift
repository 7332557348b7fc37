import AWS
import Deploys
import Foundation
import GitHub
import Transport

/// A file on a server.
enum Remote: Sendable {
  /// One that GitHub serves.
  case gitHub(GitHubClient, GitHubFile)
  /// An object in S3.
  case s3(AWSClient, S3Location)

  /// Reads it in pieces, from a byte on.
  /// - Throws: `GitHubError`, `AWSError`, `CancellationError`, and what the receiver throws.
  func download(into receiver: Receiver) async throws {
    let offset = receiver.position
    switch self {
    case .gitHub(let client, let file):
      try await client.download(file, from: offset) {
        try receiver.begin($0)
      } body: {
        try receiver.take($0)
      }
    case .s3(let client, let location):
      try await client.download(location, from: offset) {
        try receiver.begin($0)
      } body: {
        try receiver.take($0)
      }
    }
  }
}
