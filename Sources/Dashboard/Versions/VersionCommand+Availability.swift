import Deploys

extension VersionCommand {
  /// Whether the command can be given now, and why not.
  package func availability(in model: Model) -> Command.Availability {
    switch self {
    case .chooseRef, .rename, .scrollUp, .scrollDown:
      if case .tag = model.screens.last { .enabled } else { .hidden }
    case .openRun, .promote, .tagCell, .dispatchCell, .copyVersion, .reread,
      .previousCell, .nextCell:
      if case .versions(let versions) = model.screens.last {
        availability(in: versions, model)
      } else {
        .hidden
      }
    }
  }

  private func availability(
    in versions: VersionsScreen, _ model: Model
  ) -> Command.Availability {
    if self == .reread {
      return versions.isReading ? .disabled("what is live is being read already") : .enabled
    }
    guard let place = versions.place else { return .disabled("there is no service to choose yet") }
    switch self {
    case .previousCell:
      return place.column > 0
        ? .enabled : .disabled("\(place.environment) is the first environment")
    case .nextCell:
      return place.column < versions.grid.environments.count - 1
        ? .enabled : .disabled("\(place.environment) is the last environment")
    case .promote:
      return Self.availability(versions.promotion(from: place), model)
    case .openRun:
      return place.cell?.acted == nil ? .disabled(place.absence(versions)) : .enabled
    case .copyVersion:
      return place.cell?.version == nil ? .disabled(place.absence(versions)) : .enabled
    case .tagCell, .dispatchCell:
      guard place.cell != nil else { return .disabled(place.absence(versions)) }
      return model.whyNothingCanBeSent(to: place.environment).map(Command.Availability.disabled)
        ?? .enabled
    case .chooseRef, .rename, .scrollUp, .scrollDown, .reread: return .enabled
    }
  }

  private static func availability(
    _ promotion: VersionPromotion, _ model: Model
  ) -> Command.Availability {
    switch promotion {
    case .impossible(let reason): .disabled(reason)
    case .possible(let query, _):
      model.whyNothingCanBeSent(to: query.environment).map(Command.Availability.disabled)
        ?? .enabled
    }
  }
}
