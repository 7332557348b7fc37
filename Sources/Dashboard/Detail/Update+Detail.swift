import Canvas
import Deploys

extension Model {
  /// Opens the screen of the selected run.
  mutating func openDetail() -> [Effect] {
    guard let deploy = selectedDeploy else { return [] }
    screens.append(.detail(RunDetail(run: deploy.id)))
    return []
  }

  /// Takes in what was read about an attempt.
  mutating func takeInspection(
    _ run: RunKey, attempt: Int, _ question: InspectionQuestion, _ answer: InspectionAnswer
  ) -> [Effect] { [] }

  /// Brings a run's screen up to date with the snapshot.
  mutating func refreshDetail() -> [Effect] { [] }

  /// Performs a command of this screen.
  mutating func perform(_ command: DetailCommand, _ key: Key) -> [Effect] { [] }

  /// Moves on this screen.
  mutating func moveDetail(_ stride: Stride) -> [Effect] { [] }

  /// Goes back by one step: out of what is typed or open on the screen, else off the screen.
  mutating func leaveDetail() -> [Effect] {
    screens.removeLast()
    return []
  }
}

extension DetailCommand {
  /// Whether the command can be given now, and why not.
  func availability(in model: Model) -> Command.Availability { .enabled }
}
