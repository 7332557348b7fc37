import Deploys

/// A branch or tag as GitHub's listings have it (`short-branch`, `tag`, version 2022-11-28).
struct WireNamedRef: Decodable {
  struct Commit: Decodable {
    var sha: String
  }

  var name: String
  var commit: Commit

  /// The ref in the domain's terms.
  func ref(_ kind: GitRef.Kind) -> GitRef {
    GitRef(kind: kind, name: name, commit: commit.sha)
  }
}

/// A ref as GitHub's JSON has it (`git-ref`, version 2022-11-28).
struct WireGitRef: Decodable {
  struct Target: Decodable {
    var type: String?
    var sha: String
  }

  var ref: String
  var object: Target

  /// The ref in the domain's terms; `nil` where it is of another kind.
  func ref(_ kind: GitRef.Kind) -> GitRef? {
    let prefix = "refs/\(kind.folder)/"
    guard ref.hasPrefix(prefix) else { return nil }
    let isCommit = object.type ?? "commit" == "commit"
    return GitRef(
      kind: kind, name: String(ref.dropFirst(prefix.count)), commit: isCommit ? object.sha : "")
  }
}

/// A comparison of two commits (`commit-comparison`, version 2022-11-28).
///
/// Source: GitHub REST, "Compare two commits".
struct WireComparison: Decodable {
  struct Commit: Decodable {
    struct Details: Decodable {
      var message: String?
      var author: Author?
    }

    struct Author: Decodable {
      var name: String?
    }

    struct User: Decodable {
      var login: String?
    }

    var sha: String
    var commit: Details?
    var author: User?

    /// The commit in the domain's terms.
    var summary: CommitSummary {
      let lines = (commit?.message ?? "").split(whereSeparator: \.isNewline)
      return CommitSummary(
        id: sha, subject: lines.first.map(String.init) ?? "",
        author: author?.login.nonEmpty ?? commit?.author?.name ?? "")
    }
  }

  var aheadBy: Int
  var behindBy: Int
  var commits: [Lenient<Commit>]

  enum CodingKeys: String, CodingKey {
    case commits
    case aheadBy = "ahead_by"
    case behindBy = "behind_by"
  }

  /// The range in the domain's terms; GitHub gives the oldest commit first.
  var range: CommitRange {
    CommitRange(
      ahead: commits.compactMap { $0.value?.summary }.reversed(), aheadCount: aheadBy,
      behindCount: behindBy)
  }
}
