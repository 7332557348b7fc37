extension Configuration {
  /// The least that is useful: two environments of two services.
  package static let minimalExample = """
    github:
      api_url: https://api.github.com
      repositories: [acme/shop, acme/web]
    environments:
      - name: dev
        workflow: ^(action.*dev-deploy)$
        aws: {profile: acme-dev, region: ap-northeast-2}
      - name: prd
        workflow: ^(action.*prd-deploy)$
        protected: true
        aws: {profile: acme-prd, region: ap-northeast-2}

    """

  /// A file with every key, explained; the optional ones are commented out.
  ///
  /// A line of explanation begins with `# `, and a key that is switched off with `#` alone.
  package static func commentedExample() -> String {
    var example = Example()
    example.lines.append("# cdtop's configuration; see docs/configuration.md.")
    for key in ConfigurationKey.keys(in: "") {
      example.lines.append("")
      example.add(key, depth: 0, isOff: false)
    }
    return example.lines.joined(separator: "\n") + "\n"
  }

  private struct Example {
    var lines: [String] = []

    mutating func add(_ key: ConfigurationKey, depth: Int, isOff: Bool, isFirst: Bool = false) {
      let indent = String(repeating: "  ", count: depth)
      let isOff = isOff || key.presence == .optional
      // The first key of a list's item stands behind the dash.
      let lead = isFirst ? indent.dropLast(2) + "- " : indent
      lines += comment(of: key).map { "\(isFirst ? String(indent.dropLast(2)) : indent)# \($0)" }
      let value = key.example.isEmpty ? "" : " \(key.example)"
      lines.append("\(lead)\(isOff ? "#" : "")\(key.name):\(value)")
      let children = ConfigurationKey.keys(in: key.inside)
      let step = key.inside == key.path ? 1 : 2
      for (index, child) in children.enumerated() {
        add(child, depth: depth + step, isOff: isOff, isFirst: step == 2 && index == 0)
      }
    }

    private func comment(of key: ConfigurationKey) -> [String] {
      let lines = [key.summary, key.standard.map { "Default: \($0)." }].compactMap(\.self)
      return lines.flatMap { $0.filter { $0 != "`" }.wrapped(at: 84) }
    }
  }
}

extension String {
  /// The words in lines of at most so many characters.
  fileprivate func wrapped(at width: Int) -> [String] {
    split(separator: " ").reduce(into: [String]()) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
  }
}
