import Settings
import Testing

/// A file that is accepted, to which a test adds what it is about.
let soundText = """
  github:
    repositories: [acme/shop]
  environments:
    - name: dev
      workflow: ^dev$

  """

/// The problems that a text is refused for; notes an issue where it is accepted.
func problems(
  _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) -> [ConfigurationProblem] {
  do {
    let configuration = try ConfigurationFile.parse(text, file: "config.yaml")
    Issue.record("accepted: \(configuration)", sourceLocation: sourceLocation)
    return []
  } catch {
    return error.problems
  }
}
