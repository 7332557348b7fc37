import Deploys
import Foundation

/// Who asks, what is left of the limit, and the little of GraphQL that `gh` needs.
enum AccountEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("GET", "/", root),
    GitHubRoute("GET", "/user", user),
    GitHubRoute("GET", "/rate_limit", rateLimit),
    GitHubRoute("POST", "/graphql", graphQL),
  ]

  @Sendable static func root(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let paths: [(String, String)] = [
      ("current_user_url", "/user"),
      ("current_user_authorizations_html_url", "/settings/connections/applications{/client_id}"),
      ("authorizations_url", "/authorizations"), ("code_search_url", "/search/code?q={query}"),
      ("commit_search_url", "/search/commits?q={query}"), ("emails_url", "/user/emails"),
      ("emojis_url", "/emojis"), ("events_url", "/events"), ("feeds_url", "/feeds"),
      ("followers_url", "/user/followers"), ("following_url", "/user/following{/target}"),
      ("gists_url", "/gists{/gist_id}"), ("hub_url", "/hub"),
      ("issue_search_url", "/search/issues?q={query}"), ("issues_url", "/issues"),
      ("keys_url", "/user/keys"), ("label_search_url", "/search/labels?q={query}"),
      ("notifications_url", "/notifications"), ("organization_url", "/orgs/{org}"),
      ("organization_repositories_url", "/orgs/{org}/repos"),
      ("organization_teams_url", "/orgs/{org}/teams"), ("public_gists_url", "/gists/public"),
      ("rate_limit_url", "/rate_limit"), ("repository_url", "/repos/{owner}/{repo}"),
      ("repository_search_url", "/search/repositories?q={query}"),
      ("current_user_repositories_url", "/user/repos"), ("starred_url", "/user/starred"),
      ("starred_gists_url", "/gists/starred"), ("user_url", "/users/{user}"),
      ("user_organizations_url", "/user/orgs"), ("user_repositories_url", "/users/{user}/repos"),
      ("user_search_url", "/search/users?q={query}"),
    ]
    return .json(
      .object(paths.map { JSON.Field(name: $0.0, value: .string(call.base + $0.1)) }))
  }

  @Sendable static func user(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let renderer = GitHubRenderer(world, call)
    let viewer = SimulatedPerson.viewer
    return .json(
      renderer.write(viewer).adding([
        "name": .string(viewer.name), "company": "Acme", "blog": "", "location": "Seoul",
        "email": nil, "hireable": nil, "bio": nil, "public_repos": 0, "public_gists": 0,
        "followers": 0, "following": 0, "created_at": "2024-08-01T00:00:00Z",
        "updated_at": "2026-11-01T00:00:00Z", "private_gists": 0, "total_private_repos": 3,
        "owned_private_repos": 0, "disk_usage": 0, "collaborators": 0,
        "two_factor_authentication": true,
      ]))
  }

  @Sendable static func rateLimit(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    func entry(_ limit: Int, _ used: Int) -> JSON {
      [
        "limit": .count(limit), "used": .count(used), "remaining": .count(max(0, limit - used)),
        "reset": .count(Int(call.rate.resetsAt.timeIntervalSince1970)),
      ]
    }
    let core = entry(call.rate.limit, call.rate.used)
    var answer: JSON = [
      "resources": ["core": core, "search": entry(30, 0), "graphql": entry(5000, 0)]
    ]
    if call.version < "2026-03-10" { answer = answer.adding(["rate": core]) }
    return .json(answer)
  }

  /// Answers what `gh` asks of a repository and of the viewer; nothing else is known.
  @Sendable static func graphQL(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let body = try call.body()
    let query = body["query"]?.stringValue ?? ""
    let viewer: JSON = ["login": .string(SimulatedPerson.viewer.login)]
    guard query.contains("repository(") else {
      guard query.contains("viewer") else {
        return .json([
          "errors": [["message": "The simulator does not answer this query."]]
        ])
      }
      return .json(["data": ["viewer": viewer]])
    }
    let variables = body["variables"] ?? [:]
    let owner = variables["owner"]?.stringValue ?? ""
    let name = (variables["name"] ?? variables["repo"])?.stringValue ?? ""
    let found = world.catalogue.repositories.first { $0.name.description == "\(owner)/\(name)" }
    guard let found else {
      return .json([
        "data": ["repository": nil],
        "errors": [
          [
            "type": "NOT_FOUND", "path": ["repository"],
            "message": "Could not resolve to a Repository with the name '\(owner)/\(name)'.",
          ]
        ],
      ])
    }
    return .json([
      "data": [
        "repository": [
          "id": GitHubRenderer.nodeID("R_", found.id), "name": .string(found.name.name),
          "owner": ["login": .string(found.name.owner)], "hasIssuesEnabled": true,
          "description": .string(found.description), "hasWikiEnabled": false,
          "viewerPermission": "WRITE", "defaultBranchRef": ["name": "main"], "parent": nil,
          "mergeCommitAllowed": true, "rebaseMergeAllowed": true, "squashMergeAllowed": true,
          "nameWithOwner": .string(found.name.description), "isPrivate": true,
        ],
        "viewer": viewer,
      ]
    ])
  }
}
