import Deploys
import Foundation

/// Writes the world in GitHub's JSON.
///
/// Field names and their order follow GitHub's REST description, version 2022-11-28.
struct GitHubRenderer {
  let world: World
  let base: String
  let now: Instant
  /// Everybody who starts runs, written once.
  private var people: [Int64: JSON] = [:]

  init(_ world: World, _ call: GitHubCall) {
    self.world = world
    base = call.base
    now = call.now
    for person in SimulatedPerson.team + [.viewer, .bot] {
      people[person.id] = .raw(write(person).serialized)
    }
  }

  /// The web site that pages for people are on.
  static let site = "https://github.com"

  func time(_ instant: Instant) -> JSON { .string(Timestamp.iso(world.clock.date(of: instant))) }

  func time(_ instant: Instant?) -> JSON { instant.map { time($0) } ?? .null }

  /// Where the API has a repository.
  func url(of repository: Int) -> String {
    "\(base)/repos/\(world.catalogue.repositories[repository].name)"
  }

  /// Where people see a repository.
  func page(of repository: Int) -> String {
    "\(Self.site)/\(world.catalogue.repositories[repository].name)"
  }

  static func nodeID(_ kind: String, _ id: Int64) -> JSON {
    .string(kind + Data("0:\(id)".utf8).base64EncodedString())
  }

  /// A person as runs carry them.
  func user(_ person: SimulatedPerson) -> JSON { people[person.id] ?? write(person) }

  /// A person, with fields that can still be added to.
  func write(_ person: SimulatedPerson) -> JSON {
    let login = RequestTarget.encode(person.login)
    let url = "\(base)/users/\(login)"
    return [
      "login": .string(person.login), "id": .int(person.id),
      "node_id": Self.nodeID("U_", person.id),
      "avatar_url": "https://avatars.githubusercontent.com/u/\(person.id)?v=4",
      "gravatar_id": "", "url": .string(url), "html_url": "\(Self.site)/\(login)",
      "followers_url": "\(url)/followers", "following_url": "\(url)/following{/other_user}",
      "gists_url": "\(url)/gists{/gist_id}", "starred_url": "\(url)/starred{/owner}{/repo}",
      "subscriptions_url": "\(url)/subscriptions", "organizations_url": "\(url)/orgs",
      "repos_url": "\(url)/repos", "events_url": "\(url)/events{/privacy}",
      "received_events_url": "\(url)/received_events",
      "type": person.isBot ? "Bot" : "User", "user_view_type": "public", "site_admin": false,
    ]
  }

  /// The organisation that owns everything.
  var owner: JSON {
    guard
      case .object(var fields) = write(
        SimulatedPerson(id: 71_004_000, login: "acme", name: "Acme"))
    else { return .null }
    for index in fields.indices where fields[index].name == "type" {
      fields[index].value = "Organization"
    }
    return .object(fields)
  }

  /// A repository as runs carry it, written once.
  func minimalRepository(_ place: Int) -> JSON {
    let entry = world.catalogue.repositories[place]
    let url = url(of: place)
    let links: [(String, String)] = [
      ("archive_url", "/{archive_format}{/ref}"), ("assignees_url", "/assignees{/user}"),
      ("blobs_url", "/git/blobs{/sha}"), ("branches_url", "/branches{/branch}"),
      ("collaborators_url", "/collaborators{/collaborator}"),
      ("comments_url", "/comments{/number}"), ("commits_url", "/commits{/sha}"),
      ("compare_url", "/compare/{base}...{head}"), ("contents_url", "/contents/{+path}"),
      ("contributors_url", "/contributors"), ("deployments_url", "/deployments"),
      ("downloads_url", "/downloads"), ("events_url", "/events"), ("forks_url", "/forks"),
      ("git_commits_url", "/git/commits{/sha}"), ("git_refs_url", "/git/refs{/sha}"),
      ("git_tags_url", "/git/tags{/sha}"), ("hooks_url", "/hooks"),
      ("issue_comment_url", "/issues/comments{/number}"),
      ("issue_events_url", "/issues/events{/number}"), ("issues_url", "/issues{/number}"),
      ("keys_url", "/keys{/key_id}"), ("labels_url", "/labels{/name}"),
      ("languages_url", "/languages"), ("merges_url", "/merges"),
      ("milestones_url", "/milestones{/number}"),
      ("notifications_url", "/notifications{?since,all,participating}"),
      ("pulls_url", "/pulls{/number}"), ("releases_url", "/releases{/id}"),
      ("stargazers_url", "/stargazers"), ("statuses_url", "/statuses/{sha}"),
      ("subscribers_url", "/subscribers"), ("subscription_url", "/subscription"),
      ("tags_url", "/tags"), ("teams_url", "/teams"), ("trees_url", "/git/trees{/sha}"),
    ]
    let head: JSON = [
      "id": .int(entry.id), "node_id": Self.nodeID("R_", entry.id),
      "name": .string(entry.name.name), "full_name": .string(entry.name.description),
      "private": true, "owner": owner, "html_url": .string(page(of: place)),
      "description": .string(entry.description), "fork": false, "url": .string(url),
    ]
    let tail = JSON.object(links.map { JSON.Field(name: $0.0, value: .string(url + $0.1)) })
    return .raw(head.adding(tail).serialized)
  }
}
