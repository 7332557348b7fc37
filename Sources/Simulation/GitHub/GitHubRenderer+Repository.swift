import Crypto
import Deploys
import Foundation

extension GitHubRenderer {
  /// A repository as its own page has it.
  func fullRepository(_ place: Int) -> JSON {
    let entry = world.catalogue.repositories[place]
    let more: JSON = [
      "default_branch": "main", "visibility": "private", "archived": false, "disabled": false,
      "language": "TypeScript", "forks_count": 0, "stargazers_count": 0, "watchers_count": 0,
      "size": 4096, "open_issues_count": 0, "has_issues": true, "has_projects": false,
      "has_wiki": false, "has_pages": false, "topics": [],
      "ssh_url": "git@github.com:\(entry.name).git",
      "clone_url": "\(Self.site)/\(entry.name).git",
      "permissions": [
        "admin": false, "maintain": false, "push": true, "triage": true, "pull": true,
      ],
    ]
    let minimal = minimalRepository(place).serialized
    return .raw(String(minimal.dropLast()) + "," + String(more.serialized.dropFirst()))
  }

  func deployment(of run: RunPlan, to environment: String) -> JSON {
    let id = run.id / 7
    let url = url(of: run.repository)
    return [
      "url": "\(url)/deployments/\(id)", "id": .int(id), "node_id": Self.nodeID("DE_", id),
      "task": "deploy", "original_environment": .string(environment),
      "environment": .string(environment), "description": nil,
      "created_at": time(run.createdAt), "updated_at": time(now),
      "statuses_url": "\(url)/deployments/\(id)/statuses", "repository_url": .string(url),
      "creator": user(run.actor), "sha": .string(run.sha), "ref": .string(run.ref),
      "payload": [:], "transient_environment": false,
      "production_environment": .bool(environment == "prd"),
    ]
  }

  func fileHead(_ path: String, size: Int, in place: Int) -> JSON {
    let name = String(path.split(separator: "/").last ?? "")
    let sha = Insecure.SHA1.hash(data: Data("\(path) \(size)".utf8))
      .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let own = "\(url(of: place))/contents/\(path)?ref=main"
    let git = "\(url(of: place))/git/blobs/\(sha)"
    let html = "\(page(of: place))/blob/main/\(path)"
    return [
      "name": .string(name), "path": .string(path), "sha": .string(sha), "size": .count(size),
      "url": .string(own), "html_url": .string(html), "git_url": .string(git),
      "download_url":
        "https://raw.githubusercontent.com/\(world.catalogue.repositories[place].name)/main/\(path)",
      "type": "file",
      "_links": ["self": .string(own), "git": .string(git), "html": .string(html)],
    ]
  }

  func file(_ path: String, text: String, in place: Int) -> JSON {
    let encoded = Data(text.utf8).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithLineFeed,
    ])
    return fileHead(path, size: text.utf8.count, in: place).adding([
      "content": .string(encoded + "\n"), "encoding": "base64",
    ])
  }

  func artifact(_ plan: ArtifactPlan, _ archive: ArtifactArchive, of run: RunPlan) -> JSON {
    let url = "\(url(of: run.repository))/actions/artifacts/\(plan.id)"
    let repository = world.catalogue.repositories[run.repository].id
    let createdAt = world.clock.date(of: plan.createdAt)
    let expiresAt = createdAt + world.retention(in: run.repository)
    return [
      "id": .int(plan.id), "node_id": Self.nodeID("MDg6QXJ0aWZhY3Q", plan.id),
      "name": .string(plan.name), "size_in_bytes": .count(archive.content.count),
      "url": .string(url), "archive_download_url": "\(url)/zip",
      "expired": .bool(expiresAt <= world.clock.date(of: now)),
      "digest": "sha256:\(archive.digest)", "created_at": time(plan.createdAt),
      "expires_at": .string(Timestamp.iso(expiresAt)), "updated_at": time(plan.createdAt),
      "workflow_run": [
        "id": .int(run.id), "repository_id": .int(repository),
        "head_repository_id": .int(repository), "head_branch": .string(run.ref),
        "head_sha": .string(run.sha),
      ],
    ]
  }
}
