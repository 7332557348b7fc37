import Deploys

/// A line that the list of files asks for.
struct FileQuestion: Sendable, Equatable {
  /// What the line is for.
  enum Kind: Sendable, Equatable {
    /// The words that paths must have.
    case filter
    /// Where to save something.
    case path(SaveRequest.Item, SavePath)
    /// Whether a file that is there already is replaced.
    case replacing(SaveRequest)
  }

  let kind: Kind
  var field: TextField
  /// What is known beside the line, such as how large a file is.
  var remark = ""
  /// Why the line was not taken, until it is changed.
  var refusal: String?

  init(_ kind: Kind, _ text: String = "", remark: String = "") {
    self.kind = kind
    self.remark = remark
    field = TextField(text)
  }

  /// The question as the footer shows it.
  var prompt: Prompt {
    switch kind {
    case .filter: Prompt(label: "/", field: field, hint: remark)
    case .path:
      Prompt(
        label: "save to ", field: field, hint: refusal ?? remark, isWrong: refusal != nil)
    case .replacing(let request):
      Prompt(
        label: "Replace it, y or n? ", field: field,
        hint: refusal ?? "\(request.path) is there", isWrong: refusal != nil)
    }
  }
}
