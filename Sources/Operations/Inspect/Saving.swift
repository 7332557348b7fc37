import AWS
import Archives
import Deploys
import Foundation
import GitHub

/// One thing on its way to a file of the operator's.
struct Saving: Sendable {
  private let request: SaveRequest
  private let place: Destination
  private let inspector: Inspector
  private let onProgress: @Sendable (Transfer) -> Void

  /// Prepares to save something.
  init(
    _ request: SaveRequest, to place: Destination, by inspector: Inspector,
    onProgress: @escaping @Sendable (Transfer) -> Void
  ) {
    self.request = request
    self.place = place
    self.inspector = inspector
    self.onProgress = onProgress
  }

  /// Saves it.
  /// - Throws: `ReadFailure`, ``FileError``, and what the clients and the archives throw.
  func run() async throws -> SaveNews {
    switch request.item {
    case .artifact(let artifact): return try await save(artifact)
    case .file(let container, let path): return try await save(path, of: container)
    case .log(let source): return try await save(source)
    }
  }

  // MARK: - Artifacts

  private func save(_ artifact: Artifact) async throws -> SaveNews {
    if inspector.shelf[artifact.key] != nil {
      let zip = try await inspector.zip(of: artifact, onProgress: onProgress)
      return try await copy(zip, remark: artifact.remark)
    }
    try artifact.checkKept()
    // Without a digest nobody could tell that the parts of two tries fit together.
    let tag = artifact.sha256 == nil ? nil : "\(artifact.id)"
    return try await writing(tag: tag) { part in
      try place.checkRoom(for: artifact.size - part.bytes.count)
      try await fetch(artifact, into: part)
      return artifact.remark
    }
  }

  /// Fetches an artifact, going on with what an earlier try has left.
  private func fetch(_ artifact: Artifact, into part: PartFile) async throws {
    guard let sha256 = artifact.sha256 else {
      try await inspector.fetch(
        artifact, into: Receiver(part.bytes, .replacing, onProgress: onProgress))
      return
    }
    let bytes = part.bytes
    let before = try await BlockingWork.run { need in
      try SHA256Digest(of: bytes, check: need.check)
    }
    if bytes.count > 0, before.hexText() == sha256 { return }
    var digest = before
    var isResumed = bytes.count > 0
    while true {
      let receiver = Receiver(bytes, .replacing, digest: digest, onProgress: onProgress)
      try await inspector.fetch(artifact, into: receiver)
      guard receiver.digest != sha256 else { return }
      try bytes.truncate(to: 0)
      // The fault may lie in what was there before.
      guard isResumed else { return try artifact.check(receiver.digest) }
      isResumed = false
      digest = SHA256Digest()
    }
  }

  // MARK: - Files

  private func save(_ path: String, of container: FileContainer) async throws -> SaveNews {
    switch container {
    case .artifact(let artifact):
      let zip = try await inspector.zip(of: artifact, onProgress: onProgress)
      let archive = artifact.archive(in: zip, limits: inspector.limits)
      return try await writing { part in
        try await BlockingWork.run { need in
          try archive.read(path) { bytes in
            try need.check()
            try part.bytes.append(bytes)
            onProgress(Transfer(received: part.bytes.count))
          }
        }
        withExtendedLifetime(zip) {}
        return ""
      }
    case .failureFiles(let build, let prefix):
      let client = try inspector.aws.client(for: build.scope)
      return try await writing { part in
        try await inspector.firstPresent(of: prefix.candidates(for: path)) { location in
          let receiver = Receiver(part.bytes, .replacing, onProgress: onProgress)
          try await Remote.s3(client, location).download(into: receiver)
        }
        return ""
      }
    }
  }

  // MARK: - Logs

  private func save(_ source: LogSource) async throws -> SaveNews {
    if case .build = source, let thing = inspector.shelf[.log(source)], !thing.isWhole,
      let file = thing.file
    {
      return try await copy(file, remark: "as far as it had come: the build goes on")
    }
    return try await copy(try await inspector.whole(source), remark: "")
  }

  private func copy(_ file: PrivateFile, remark: String) async throws -> SaveNews {
    let count = file.count
    try place.checkRoom(for: count)
    return try await writing { part in
      try await BlockingWork.run { need in
        try file.bytes.forEachPiece(of: 0..<count) { piece in
          try need.check()
          try part.bytes.append(piece)
          onProgress(Transfer(received: part.bytes.count, total: count))
        }
      }
      return remark
    }
  }

  // MARK: - The part file

  /// Writes a part file and puts it in its place.
  /// - Parameters:
  ///   - tag: As of ``PartFile``; with it, what has come is kept when it is stopped.
  ///   - write: Writes it whole, and gives the remark.
  /// - Returns: That it is there, or that another file is.
  /// - Throws: ``FileError``, `ReadFailure`, and what `write` throws.
  private func writing(
    tag: String? = nil, _ write: (PartFile) async throws -> String
  ) async throws -> SaveNews {
    let part = try await PartFile.open(
      for: place, tag: tag, disk: inspector.disk, sleep: inspector.sleep)
    do {
      let remark = try await write(part)
      try Task.checkCancellation()
      guard try part.commit(mayReplace: request.mayReplace) else {
        if tag == nil { part.discard() }
        return .exists(path: place.path)
      }
      return .done(path: place.path, remark: remark)
    } catch {
      // A full disk is given its room back.
      let isFull = (error as? FileError)?.isFull == true
      guard tag != nil, !isFull, part.bytes.count > 0 else {
        part.discard()
        throw error
      }
      let failure = ReadFailure(reading: error)
      throw ReadFailure(
        failure.kind, message: failure.message,
        remedy: "\(failure.remedy) What has come stays in \(part.path): saving again goes on "
          + "with it.")
    }
  }
}

extension Artifact {
  /// What is said of a whole artifact.
  fileprivate var remark: String {
    if sha256 != nil { return "its SHA-256 is as GitHub says" }
    guard let digest, !digest.isEmpty else { return "GitHub tells no digest to check" }
    let kind = digest.prefix { $0 != ":" }.prefix(20)
    let name = digest.contains(":") && !kind.isEmpty ? " (\(kind))" : ""
    return "GitHub's digest is of a kind that is not checked\(name)"
  }
}
