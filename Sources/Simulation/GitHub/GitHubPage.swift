import Transport

/// One page of a listing, with the links to the others.
struct GitHubPage<Element> {
  let elements: [Element]
  /// The `Link` header; none where everything fits on one page.
  let headers: HTTPHeaders

  /// Cuts the page out that a call asks for.
  /// - Parameters:
  ///   - all: All elements, in the order of the listing.
  ///   - call: The call, for `per_page` and `page`.
  ///   - repositoryID: The repository's id, by which GitHub's links name it.
  init(of all: [Element], call: GitHubCall, repositoryID: Int64?) {
    let asked = call.target["per_page"].flatMap { Int($0) } ?? 30
    let size = asked < 1 ? 30 : min(asked, 100)
    let page = max(1, call.target["page"].flatMap { Int($0) } ?? 1)
    let last = max(1, (all.count + size - 1) / size)
    let start = min(all.count, (page - 1) * size)
    elements = Array(all[start..<min(all.count, start + size)])
    var links: [String] = []
    func link(_ number: Int, _ name: String) {
      let url = Self.url(of: number, call: call, repositoryID: repositoryID)
      links.append("<\(url)>; rel=\"\(name)\"")
    }
    if page > 1 { link(min(page - 1, last), "prev") }
    if page < last {
      link(page + 1, "next")
      link(last, "last")
    }
    if page > 1 { link(1, "first") }
    headers = links.isEmpty ? [:] : ["Link": links.joined(separator: ", ")]
  }

  private static func url(of page: Int, call: GitHubCall, repositoryID: Int64?) -> String {
    var segments = call.segments.map { RequestTarget.encode($0) }
    if let repositoryID, segments.count >= 3, segments[0] == "repos" {
      segments.replaceSubrange(0..<3, with: ["repositories", String(repositoryID)])
    }
    var items = call.target.items.filter { $0.name != "page" }
    items.append(RequestTarget.Item(name: "page", value: String(page)))
    let query = items.map { item in
      "\(RequestTarget.encode(item.name))=\(RequestTarget.encode(item.value))"
    }
    return "\(call.base)/\(segments.joined(separator: "/"))?\(query.joined(separator: "&"))"
  }
}
