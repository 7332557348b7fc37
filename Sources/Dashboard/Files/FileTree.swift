import Deploys
import Foundation

/// The folders and files of a container, as their paths tell of them.
struct FileTree: Sendable, Equatable {
  /// A folder or a file.
  struct Node: Sendable, Equatable {
    var name: String
    /// The path from the container's root.
    var path: String
    /// The folder that it is in; `nil` at the root.
    var parent: Int?
    var depth: Int
    /// The file; `nil` for a folder.
    var file: StoredFile?
    /// Which of the files with the same path it is.
    var occurrence = 0
    /// The folders and files in it, in their order.
    var children: [Int] = []
    /// Bytes and files in it, or of it.
    var size = 0
    var count = 0
  }

  /// Below so many folders a path is not told apart any further: no honest one is that deep, and a
  /// hostile one would make more folders than there is memory.
  static let deepest = 32

  private(set) var nodes: [Node] = []
  /// What stands at the root, in its order.
  private(set) var roots: [Int] = []
  /// The files in all.
  var count: Int { roots.reduce(0) { $0 + nodes[$1].count } }
  /// The bytes in all.
  var size: Int { roots.reduce(0) { $0 &+ nodes[$1].size } }

  init() {}

  init(_ files: [StoredFile]) {
    var folders: [String: Int] = [:]
    var occurrences: [String: Int] = [:]
    for file in files {
      var parts = Self.parts(of: file)
      let name = parts.popLast() ?? file.path
      let parent = folder(parts, among: &folders)
      // An object whose key ends in a separator stands for a folder.
      if file.refusal == nil, file.path.hasSuffix("/") { continue }
      let occurrence = occurrences[file.path, default: 0]
      occurrences[file.path] = occurrence + 1
      add(
        Node(
          name: name, path: file.path, parent: parent,
          depth: parent.map { nodes[$0].depth + 1 } ?? 0,
          file: file, occurrence: occurrence, size: max(0, file.size ?? 0), count: 1))
    }
    sum()
    sort()
  }

  /// The parts of a path; the whole of it where it does not tell of folders in an honest way.
  private static func parts(of file: StoredFile) -> [String] {
    var parts = file.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isMarker = file.refusal == nil && parts.last == "" && parts.count > 1
    let inner = isMarker ? parts.dropLast() : parts[...]
    guard !inner.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
      return [file.path]
    }
    if parts.count > deepest {
      parts = Array(parts[..<deepest]) + [parts[deepest...].joined(separator: "/")]
    }
    return parts
  }

  private mutating func folder(_ parts: [String], among folders: inout [String: Int]) -> Int? {
    var parent: Int?
    var path = ""
    for part in parts {
      path += path.isEmpty ? part : "/" + part
      if let known = folders[path] {
        parent = known
        continue
      }
      add(
        Node(
          name: part, path: path, parent: parent, depth: parent.map { nodes[$0].depth + 1 } ?? 0))
      folders[path] = nodes.count - 1
      parent = nodes.count - 1
    }
    return parent
  }

  private mutating func add(_ node: Node) {
    if let parent = node.parent {
      nodes[parent].children.append(nodes.count)
    } else {
      roots.append(nodes.count)
    }
    nodes.append(node)
  }

  /// Sums up sizes, from the innermost folders outward: a folder stands before what is in it.
  private mutating func sum() {
    for index in nodes.indices.reversed() {
      guard let parent = nodes[index].parent else { continue }
      nodes[parent].size &+= nodes[index].size
      nodes[parent].count += nodes[index].count
    }
  }

  private mutating func sort() {
    let keys = nodes.map { Self.sortingKey($0.name) }
    func ordered(_ list: [Int]) -> [Int] {
      list.sorted { left, right in
        let isLeftFile = nodes[left].file != nil
        guard isLeftFile == (nodes[right].file != nil) else { return !isLeftFile }
        return (keys[left], left) < (keys[right], right)
      }
    }
    roots = ordered(roots)
    for index in nodes.indices where nodes[index].children.count > 1 {
      nodes[index].children = ordered(nodes[index].children)
    }
  }

  /// A text by which names are in the order that people expect, `2` before `10`.
  static func sortingKey(_ name: String) -> String {
    var key = ""
    var digits = ""
    for character in name.lowercased() {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      key += Self.padded(digits)
      digits = ""
      key.append(character)
    }
    return key + Self.padded(digits)
  }

  private static func padded(_ digits: String) -> String {
    digits.isEmpty ? "" : String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }
}
