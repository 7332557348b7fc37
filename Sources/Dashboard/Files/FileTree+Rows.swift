import Deploys

extension FileTree {
  /// The rows to show, where the folders of the given paths are closed and only the files that a
  /// filter lets through are shown; a filter opens all folders.
  func rows(folded: Set<String>, filter: PathFilter) -> [FileRow] {
    let shown = filter.isEmpty ? nil : shown(filter)
    var rows: [FileRow] = []
    var open = Array(roots.reversed())
    while let index = open.popLast() {
      if let shown, !shown[index] { continue }
      let node = nodes[index]
      let isFolded = node.file == nil && shown == nil && folded.contains(node.path)
      rows.append(
        FileRow(
          id: node.id, parent: node.parent.map { nodes[$0].id }, name: node.name,
          depth: node.depth, file: node.file, isFolded: isFolded,
          size: node.file.map(\.size) ?? node.size, count: node.count))
      if !isFolded { open += node.children.reversed() }
    }
    return rows
  }

  /// How many files have the words of a filter.
  func count(of filter: PathFilter) -> Int {
    filter.isEmpty ? count : nodes.count { $0.file != nil && filter.matches($0.path) }
  }

  /// Every folder's path.
  var folders: Set<String> { Set(nodes.lazy.filter { $0.file == nil }.map(\.path)) }

  /// For each node whether a filter lets it be seen, by itself or as a folder of what is seen.
  private func shown(_ filter: PathFilter) -> [Bool] {
    var shown = nodes.map { $0.file != nil && filter.matches($0.path) }
    for index in nodes.indices.reversed() where shown[index] {
      if let parent = nodes[index].parent { shown[parent] = true }
    }
    return shown
  }
}

extension FileTree.Node {
  /// What names its row.
  var id: FileRow.ID { file == nil ? .folder(path) : .file(path, occurrence) }
}
