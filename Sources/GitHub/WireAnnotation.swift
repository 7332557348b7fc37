import Deploys

/// An annotation as GitHub's JSON has it (`check-annotation`, version 2022-11-28).
struct WireAnnotation: Decodable {
  var level: String?
  var title: String?
  var message: String?
  var path: String?
  var line: Int?

  enum CodingKeys: String, CodingKey {
    case title, message, path
    case level = "annotation_level"
    case line = "start_line"
  }

  /// The annotation in the domain's terms; `nil` where it says nothing.
  var annotation: Annotation? {
    guard let words = message.nonEmpty ?? title.nonEmpty else { return nil }
    return Annotation(
      level: Annotation.Level(rawValue: level ?? ""), title: title ?? "", message: words,
      path: path ?? "", line: line)
  }
}
