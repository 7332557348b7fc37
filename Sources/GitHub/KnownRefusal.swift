/// A refusal whose words say more than its status does.
///
/// Source: answers that GitHub has been seen to give; their words are not documented, so what is not
/// among them is passed on as it is.
struct KnownRefusal: Sendable, Hashable {
  /// What is in GitHub's words, in lower case.
  let words: String
  /// What they mean; `nil` where they say it well themselves.
  let meaning: String?
  /// What to do about it.
  let remedy: String

  private init(_ words: String, _ meaning: String? = nil, remedy: String) {
    self.words = words
    self.meaning = meaning
    self.remedy = remedy
  }

  /// Finds the refusal that a message, or one of the fields beside it, tells; `nil` for none.
  init?(_ message: String, _ fields: [String] = []) {
    let texts = ([message] + fields).map { $0.lowercased() }
    let known = Self.all.first { known in texts.contains { $0.contains(known.words) } }
    guard let known else { return nil }
    self = known
  }

  private static let all = [
    // Reruns.
    KnownRefusal(
      "already running", "it runs already: somebody else was faster",
      remedy: "Look at its newest attempt."),
    KnownRefusal(
      "over a month ago", "it is older than 30 days, and GitHub does not retry such runs",
      remedy: "Dispatch the workflow, or push the tag, anew."),
    KnownRefusal(
      "cannot be retried",
      remedy: "Look at the run again: none of its jobs may have failed; "
        + "or dispatch the workflow anew."),
    KnownRefusal(
      "cannot be rerun", remedy: "Dispatch the workflow, or push the tag, anew."),
    KnownRefusal(
      "latest attempt", "the job belongs to an older attempt",
      remedy: "Look at the newest attempt and choose its job."),
    // Cancels.
    KnownRefusal(
      "run that is completed", "it has ended meanwhile, by itself or by somebody else",
      remedy: "Look at how it ended."),
    KnownRefusal(
      "not yet queued", remedy: "Its newest attempt is about to begin; try again in a moment."),
    // Dispatches.
    KnownRefusal(
      "no ref found", remedy: "It may have been deleted: choose a branch or tag that is there."),
    KnownRefusal(
      "'workflow_dispatch' trigger",
      remedy: "Add `on: workflow_dispatch` to the file at that ref, or choose a ref that has it."),
    KnownRefusal("disabled workflow", remedy: "Enable the workflow on GitHub."),
    KnownRefusal(
      "required input", remedy: "Give the input a value; the workflow at that ref asks for it."),
    KnownRefusal(
      "unexpected inputs",
      remedy: "Read the form anew: the workflow at that ref has other inputs."),
    KnownRefusal(
      "not in the list of allowed values", remedy: "Choose one of the values that it lists."),
    KnownRefusal("only define up to", remedy: "Leave inputs out; GitHub takes no more."),
    // Tags.
    KnownRefusal(
      "reference already exists", "somebody has made this tag meanwhile",
      remedy: "Ask for a tag again: the next free number is proposed."),
    KnownRefusal(
      "object does not exist", "the repository does not have this commit",
      remedy: "Push the commit, or choose another one."),
    KnownRefusal(
      "rule violations", "a ruleset of the repository does not allow it",
      remedy: "Have the ruleset changed, or be put on its list of those who may pass it by."),
    // Reviews.
    KnownRefusal(
      "no pending deployment",
      "nothing waits for this answer: somebody has given one, or the run has ended",
      remedy: "Look at the run again."),
    // Everything.
    KnownRefusal(
      "archived", "the repository is archived, and so is read-only",
      remedy: "Unarchive it on GitHub."),
  ]
}
