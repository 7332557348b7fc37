import Foundation

/// Reads the lines of a shared configuration or credentials file.
///
/// Source: AWS SDKs and Tools Reference Guide, "Format of the config file". Keys are compared
/// without regard to case; an indented line belongs to the key above it.
struct SharedConfigParser {
  let file: String

  /// The sections in the order of the file; one that stands twice is given twice.
  func parse(_ text: String) throws -> [SharedConfig.Section] {
    var sections: [SharedConfig.Section] = []
    var key: String?
    let lines = text.trimmingPrefix("\u{FEFF}")
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, whole) in lines.enumerated() {
      let number = index + 1
      let line = Self.withoutComment(String(whole))
      let content = line.trimmingCharacters(in: .whitespaces)
      guard !content.isEmpty else { continue }
      if content.hasPrefix("["), key == nil || line.hasPrefix("[") {
        sections.append(SharedConfig.Section(name: try sectionName(content, number)))
        key = nil
        continue
      }
      guard !sections.isEmpty else { throw error(number, "stands before the first [section]") }
      if line.first == " " || line.first == "\t", let parent = key {
        add(content, below: parent, to: &sections[sections.count - 1])
        continue
      }
      let pair = try pair(content, number)
      sections[sections.count - 1].values[pair.key] = SharedConfig.Value(
        text: pair.value, file: file, line: number)
      key = pair.key
    }
    return sections
  }

  private func sectionName(_ content: String, _ number: Int) throws -> String {
    guard let end = content.lastIndex(of: "]") else { throw error(number, "has no closing ]") }
    let name = content[content.index(after: content.startIndex)..<end]
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !name.isEmpty else { throw error(number, "names no section") }
    return name
  }

  private func pair(_ content: String, _ number: Int) throws -> (key: String, value: String) {
    guard let mark = content.firstIndex(where: { $0 == "=" || $0 == ":" }),
      mark > content.startIndex
    else { throw error(number, "is not of the form key = value") }
    return (
      content[..<mark].trimmingCharacters(in: .whitespaces).lowercased(),
      content[content.index(after: mark)...].trimmingCharacters(in: .whitespaces)
    )
  }

  /// A line below an empty value is a nested setting; below any other it goes on with the value.
  private func add(
    _ content: String, below parent: String, to section: inout SharedConfig.Section
  ) {
    guard var value = section.values[parent] else { return }
    if value.text.isEmpty, let mark = content.firstIndex(of: "=") {
      let name = content[..<mark].trimmingCharacters(in: .whitespaces).lowercased()
      value.nested[name] = content[content.index(after: mark)...]
        .trimmingCharacters(in: .whitespaces)
    } else {
      value.text += "\n" + content
    }
    section.values[parent] = value
  }

  /// The line up to a `#` or `;` that starts it or follows a blank.
  private static func withoutComment(_ line: String) -> String {
    var previous: Character = " "
    for index in line.indices {
      let character = line[index]
      if character == "#" || character == ";", previous == " " || previous == "\t" {
        return String(line[..<index])
      }
      previous = character
    }
    return line
  }

  private func error(_ line: Int, _ reason: String) -> AWSError {
    .badConfiguration(
      file: file, line: line, reason: "the line \(reason)",
      remedy: "Correct the line; `aws configure list` reads the same file.")
  }
}
