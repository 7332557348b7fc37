import Deploys

/// An artifact as GitHub's JSON has it (`artifact`, version 2022-11-28).
struct WireArtifact: Decodable {
  var id: Int64
  var name: String?
  var size: Int?
  var digest: String?
  var isExpired: Bool?
  var createdAt: String?
  var expiresAt: String?

  enum CodingKeys: String, CodingKey {
    case id, name, digest
    case size = "size_in_bytes"
    case isExpired = "expired"
    case createdAt = "created_at"
    case expiresAt = "expires_at"
  }

  /// The artifact in the domain's terms.
  func artifact(of run: RunKey) -> Artifact {
    Artifact(
      run: run, id: id, name: name.nonEmpty ?? "artifact \(id)", size: max(0, size ?? 0),
      digest: digest.nonEmpty, isExpired: isExpired ?? false,
      createdAt: createdAt.flatMap(Timestamp.parse), expiresAt: expiresAt.flatMap(Timestamp.parse))
  }
}

/// A page of artifacts.
struct WireArtifactPage: Decodable {
  var artifacts: [Lenient<WireArtifact>]
}
