import Deploys
import Foundation

extension GitHubRenderer {
  /// A commit as listings and comparisons have it.
  func commit(_ place: CommitHistory.Place, in repository: Int) -> JSON {
    let history = world.catalogue.repositories[repository].history
    let commit = history.commit(place)
    let api = url(of: repository)
    let page = page(of: repository)
    let person: JSON = [
      "name": .string(commit.author.name),
      "email": "\(commit.author.id)@users.noreply.github.com", "date": time(commit.date),
    ]
    let tree = String(commit.sha.reversed())
    let parent = history.parent(of: place).map { history.commit($0).sha }
    return [
      "sha": .string(commit.sha),
      "node_id": .string("C_" + Data(commit.sha.prefix(20).utf8).base64EncodedString()),
      "commit": [
        "author": person, "committer": person, "message": .string(commit.subject),
        "tree": ["sha": .string(tree), "url": "\(api)/git/trees/\(tree)"],
        "url": "\(api)/git/commits/\(commit.sha)", "comment_count": 0,
        "verification": [
          "verified": false, "reason": "unsigned", "signature": nil, "payload": nil,
          "verified_at": nil,
        ],
      ],
      "url": "\(api)/commits/\(commit.sha)", "html_url": "\(page)/commit/\(commit.sha)",
      "comments_url": "\(api)/commits/\(commit.sha)/comments", "author": user(commit.author),
      "committer": user(commit.author),
      "parents": .array(
        (parent.map { [$0] } ?? []).map { sha in
          [
            "sha": .string(sha), "url": "\(api)/commits/\(sha)",
            "html_url": "\(page)/commit/\(sha)",
          ]
        }),
    ]
  }

  /// What lies between two commits.
  /// - Parameters:
  ///   - comparison: What was found.
  ///   - name: The two names with their dots, as asked.
  ///   - base: The earlier commit.
  ///   - head: The later commit.
  ///   - commits: The ones to show, the oldest first.
  ///   - repository: The repository's place.
  /// - Returns: The whole answer.
  func comparison(
    _ comparison: CommitHistory.Comparison, name: String, base: CommitHistory.Place,
    head: CommitHistory.Place, commits: [CommitHistory.Place], in repository: Int
  ) -> JSON {
    let history = world.catalogue.repositories[repository].history
    let api = "\(url(of: repository))/compare/\(RequestTarget.encode(name, keepingSlashes: true))"
    let page = "\(page(of: repository))/compare"
    let shown = RequestTarget.encode(name, keepingSlashes: true)
    let ends = "\(history.commit(base).sha.prefix(7))...\(history.commit(head).sha.prefix(7))"
    let (ahead, behind) = (comparison.ahead.count, comparison.behindCount)
    let status =
      switch (ahead > 0, behind > 0) {
      case (false, false): "identical"
      case (true, false): "ahead"
      case (false, true): "behind"
      case (true, true): "diverged"
      }
    return [
      "url": .string(api), "html_url": "\(page)/\(shown)",
      "permalink_url": "\(page)/\(world.catalogue.repositories[repository].name.owner):\(ends)",
      "diff_url": "\(page)/\(shown).diff", "patch_url": "\(page)/\(shown).patch",
      "base_commit": commit(base, in: repository),
      "merge_base_commit": commit(comparison.mergeBase, in: repository),
      "status": .string(status), "ahead_by": .count(ahead), "behind_by": .count(behind),
      "total_commits": .count(ahead),
      "commits": .array(commits.map { commit($0, in: repository) }), "files": [],
    ]
  }

  /// A branch or tag as the git database has it; an annotated tag is an object of its own.
  func gitRef(_ name: String, _ ref: SimulatedRepository.Ref, in place: Int) -> JSON {
    let url = url(of: place)
    let sha = ref.object ?? ref.sha
    let kind = ref.object == nil ? "commit" : "tag"
    return [
      "ref": "refs/\(name)",
      "node_id": .string("REF_" + Data(name.utf8).base64EncodedString()),
      "url": "\(url)/git/refs/\(RequestTarget.encode(name, keepingSlashes: true))",
      "object": [
        "sha": .string(sha), "type": .string(kind), "url": "\(url)/git/\(kind)s/\(sha)",
      ],
    ]
  }

  /// The object that an annotated tag is.
  func tagObject(_ tag: SimulatedRepository.Ref, in place: Int) -> JSON {
    let url = url(of: place)
    let sha = tag.object ?? ""
    return [
      "node_id": .string("TA_" + Data(sha.prefix(20).utf8).base64EncodedString()),
      "sha": .string(sha), "url": "\(url)/git/tags/\(sha)", "tag": .string(tag.name),
      "message": .string(tag.name + "\n"),
      "tagger": [
        "name": .string(tag.commit.author.name),
        "email": "\(tag.commit.author.id)@users.noreply.github.com", "date": time(tag.createdAt),
      ],
      "object": [
        "sha": .string(tag.sha), "type": "commit", "url": "\(url)/git/commits/\(tag.sha)",
      ],
    ]
  }
}
