/// What the build-status marker of a build says.
///
/// A present marker that says so means that a step failed. An absent one means nothing: a cancelled
/// job, a killed runner or a denied upload leaves none either.
package enum Marker: Sendable, Hashable {
  /// Nobody has looked.
  case notLooked
  /// There is no such object.
  case absent
  /// It says `BUILD_FAILED=true`.
  case failed
  /// It is there and says something else; the first line of it.
  case other(String)
  /// It could not be read, and why.
  case unreadable(String)

  /// Judges a marker's content as the team's buildspec does: by the words anywhere in it.
  package init(content: String) {
    self =
      content.contains("BUILD_FAILED=true")
      ? .failed
      : .other(String(content.prefix(200).prefix { !$0.isNewline }))
  }

  /// Why it cannot be read, or what else it says; `nil` where the name says all.
  package var detail: String? {
    switch self {
    case .notLooked, .absent, .failed: nil
    case .other(let text), .unreadable(let text): text
    }
  }

  /// The word for it in `--json`.
  package var name: String {
    switch self {
    case .notLooked: "not_looked"
    case .absent: "absent"
    case .failed: "failed"
    case .other: "other"
    case .unreadable: "unreadable"
    }
  }
}

/// A bucket and a key in S3.
package struct S3Location: Sendable, Hashable, CustomStringConvertible {
  /// The bucket.
  package var bucket: String
  /// The object's key, unescaped.
  package var key: String

  /// Creates a location.
  package init(bucket: String, key: String) {
    self.bucket = bucket
    self.key = key
  }

  /// The `s3://` form.
  package var description: String { "s3://\(bucket)/\(key)" }
}

/// Where builds leave their markers, with the words `{project}` and `{build_id}` to be filled in.
package struct MarkerTemplate: Sendable, Hashable {
  /// The place that the team's buildspec uses.
  package static let standard = MarkerTemplate(
    validated: "s3://codebuild-{project}/results/failure_build_{build_id}.txt")

  /// The template as written.
  package let text: String

  private init(validated text: String) { self.text = text }

  /// Reads a template; `nil` unless it is `s3://BUCKET/KEY` with known words in braces.
  package init?(_ text: String) {
    let filled = Self.fill(text, project: "p", buildID: "p:0", uuid: "0")
    guard let location = Self.split(filled), !location.bucket.isEmpty, !location.key.isEmpty,
      !filled.contains("{"), !filled.contains("}")
    else { return nil }
    self.text = text
  }

  /// The marker's place for one build.
  package func location(for build: BuildKey) -> S3Location {
    let filled = Self.fill(text, project: build.project, buildID: build.id, uuid: build.uuid)
    return Self.split(filled) ?? S3Location(bucket: "", key: filled)
  }

  private static func fill(
    _ text: String, project: String, buildID: String, uuid: String
  ) -> String {
    text.replacing("{project}", with: project)
      .replacing("{build_id}", with: buildID)
      .replacing("{build_uuid}", with: uuid)
  }

  private static func split(_ text: String) -> S3Location? {
    guard text.hasPrefix("s3://") else { return nil }
    let rest = text.dropFirst(5)
    guard let slash = rest.firstIndex(of: "/") else { return nil }
    return S3Location(
      bucket: String(rest[..<slash]), key: String(rest[rest.index(after: slash)...]))
  }
}
