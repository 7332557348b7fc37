import Deploys
import Foundation

/// A file that a failed build has left in S3.
struct LeftFile: Sendable, Hashable {
  /// The name of the job that the build ran.
  var job: String
  /// The build.
  var build: BuildKey
  /// Where all of the build's files are.
  var place: S3Location
  /// The file.
  var file: StoredFile

  /// What it is a part of.
  var container: FileContainer { .failureFiles(build, place) }

  /// What `--cat` takes.
  var name: String { "\(build.id):\(file.path)" }

  /// Whether a pattern of `--name` means it: by its path, its last part, or its build.
  func fits(_ pattern: String) -> Bool {
    let last = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let names: [String] = [file.path, last, build.id, name]
    return names.contains { fnmatch(pattern, $0, 0) == 0 }
  }

  /// One line for people.
  var line: String {
    [
      "s3", name, file.size.map(ByteCount.text) ?? "-", "of \(job)'s build",
      file.refusal.map { "refused: \($0)" } ?? "",
    ].filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// The form that `docs/json.md` documents.
  var json: JSONValue {
    file.json.adding([
      "source": .string("s3"), "name": .string(name), "job": .string(job),
      "build_id": .string(build.id), "prefix": .string("\(place)"),
    ])
  }
}
