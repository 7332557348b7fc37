import Archives
import AWS
import Deploys
import Foundation
import GitHub

extension Inspector {
  // MARK: - The logs of an attempt

  /// Writes the files of a zip of logs one after another, each under a heading that folds it.
  func join(_ zip: PrivateFile, to thing: Bringing) async throws {
    let archive = ArchiveFile(path: zip.path, limits: limits, name: "the archive of the logs")
    let file = try folder.makeFile("log")
    try await BlockingWork.run { need in
      for part in LogsArchive(try archive.entries()).parts {
        try need.check()
        try file.bytes.append("##[group]\(part.heading)\n")
        if let refusal = part.refusal {
          try file.bytes.append("##[warning]left out: \(refusal)\n")
        } else {
          var last = UInt8(ascii: "\n")
          try archive.read(part.path) { bytes in
            try need.check()
            try file.bytes.append(bytes)
            last = bytes.last ?? last
            try thing.show(file)
          }
          if last != UInt8(ascii: "\n") { try file.bytes.append("\n") }
        }
        try file.bytes.append("##[endgroup]\n")
        try thing.show(file)
      }
      try thing.show(file)
    }
    withExtendedLifetime(zip) {}
  }

  // MARK: - Artifacts

  /// Waits for the zip of an artifact, which is fetched where nobody has it.
  func bring(
    _ artifact: Artifact, for role: Bringing.Role
  ) -> (thing: Bringing, news: AsyncStream<LogDelivery>)? {
    shelf.news(of: artifact.key, for: role) {
      Bringing(interval: Self.beat, sleep: sleep) { [self] thing in
        try artifact.checkKept()
        let zip = try folder.makeFile("zip")
        let receiver = Receiver(
          zip.bytes, .replacing, digest: artifact.sha256 == nil ? nil : SHA256Digest()
        ) {
          thing.fetching($0)
        }
        try await fetch(artifact, into: receiver)
        try artifact.check(receiver.digest)
        thing.hold(zip)
      }
    }
  }

  /// Fetches the bytes of an artifact.
  func fetch(_ artifact: Artifact, into receiver: Receiver) async throws {
    do {
      try await Remote.gitHub(github, .artifact(artifact.run.repository, id: artifact.id))
        .download(into: receiver)
    } catch let error as GitHubError where error.isGone || error.isMissing {
      throw artifact.gone
    }
  }

  /// The zip of an artifact, when it is there.
  /// - Throws: `ReadFailure`, `CancellationError`.
  func zip(
    of artifact: Artifact, onProgress: (Transfer) -> Void
  ) async throws -> PrivateFile {
    guard let (thing, news) = bring(artifact, for: .reader) else { throw CancellationError() }
    defer { shelf.settle(artifact.key, keeps: false) }
    return try await thing.whole(news, onProgress: onProgress)
  }

  // MARK: - Files of a container

  /// Brings one file of a container as a text.
  func bring(_ path: String, of container: FileContainer, to thing: Bringing) async throws {
    switch container {
    case .artifact(let artifact):
      let zip = try await zip(of: artifact) { thing.fetching($0) }
      let archive = artifact.archive(in: zip, limits: limits)
      let file = try folder.makeFile("file")
      try await BlockingWork.run { need in
        try archive.read(path) { bytes in
          try need.check()
          try file.bytes.append(bytes)
          try thing.show(file)
        }
        try thing.show(file)
      }
      withExtendedLifetime(zip) {}
    case .failureFiles(let build, let place):
      let client = try aws.client(for: build.scope)
      try await firstPresent(of: place.candidates(for: path)) { location in
        try await show(.s3(client, location), kind: "file", in: thing)
      }
    }
  }

  /// Tries places in order until one has something.
  func firstPresent(
    of places: [S3Location], _ fetch: (S3Location) async throws -> Void
  ) async throws {
    for (index, place) in places.enumerated() {
      do {
        return try await fetch(place)
      } catch let error as AWSError where error.isMissing && index < places.count - 1 {
        continue
      }
    }
  }
}

extension Artifact {
  /// Its place on the shelf.
  var key: Shelf.Key { .archive(run.repository, id: id) }

  /// Its zip, looked into; errors call it by the artifact's name.
  func archive(in zip: PrivateFile, limits: ArchiveLimits) -> ArchiveFile {
    ArchiveFile(path: zip.path, limits: limits, name: "the artifact \(name)")
  }

  /// The digest as 64 digits; `nil` where there is none of this kind.
  var sha256: String? {
    guard let digest, digest.lowercased().hasPrefix("sha256:") else { return nil }
    return digest.dropFirst(7).lowercased()
  }

  /// Why it cannot be had any more.
  var gone: ReadFailure {
    let time = expiresAt.map { " on \($0.formatted(.iso8601.year().month().day()))" } ?? ""
    return ReadFailure(
      .gone,
      message: isExpired
        ? "the artifact \(name) expired\(time)" : "GitHub has no artifact \(name) any more",
      remedy:
        "GitHub keeps artifacts for as long as the workflow or the repository's settings say, "
        + "or until somebody deletes them; a retry makes a new one.")
  }

  /// Holds the date against what GitHub says.
  /// - Throws: `ReadFailure` where it has expired.
  func checkKept() throws {
    if isExpired { throw gone }
  }

  /// Holds the digest of what has come against the one that GitHub tells.
  /// - Throws: `ReadFailure` where they differ.
  func check(_ found: String?) throws {
    guard let sha256, let found, found != sha256 else { return }
    throw ReadFailure(
      message: "what came of \(name) is not what was uploaded: its SHA-256 is \(found), "
        + "GitHub says \(sha256)",
      remedy: "Try again; a proxy on the way may have changed it.")
  }
}

extension S3Location {
  /// Where a file of a listing under this prefix may be.
  func candidates(for path: String) -> [S3Location] {
    // A prefix need not end with the separator that a listing leaves out.
    let keys =
      key.isEmpty || key.hasSuffix("/") ? [key + path] : [key + path, "\(key)/\(path)"]
    return keys.map { S3Location(bucket: bucket, key: $0) }
  }
}

extension AWSError {
  /// Whether there is no such thing.
  var isMissing: Bool {
    if case .notFound = self { true } else { false }
  }
}
