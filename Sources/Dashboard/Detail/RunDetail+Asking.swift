import Deploys
import Foundation

extension RunDetail {
  /// How many failed jobs are read without being asked for; the cursor asks for the others.
  private static let limit = 6

  /// What has to be read to show the attempt, each thing once.
  mutating func ask(_ context: Context) -> [Effect] {
    guard let shown else { return ask(.attempt, isOver: true, at: context.now) }
    let isOver = shown.state.isOver
    let effects = questions(about: shown, context).flatMap {
      ask($0, isOver: isOver, at: context.now)
    }
    let unread = isNewest && isUnread ? ask(.attempt, isOver: true, at: context.now) : []
    return unread + effects + askArtifacts(context)
  }

  /// Asks for the artifacts, which are the run's and not an attempt's.
  private mutating func askArtifacts(_ context: Context) -> [Effect] {
    guard answers.ask(.artifacts, isOver: newest.state.isOver, at: context.now) else { return [] }
    return [.inspect(run, attempt: newest.run.attempt, .artifacts)]
  }

  /// Asks for a job's marker, whatever the engine knows of it.
  mutating func askMarker(of item: DeployJob, _ context: Context) -> [Effect] {
    guard let build = item.build?.key, let location = item.markerLocation else { return [] }
    return ask(.marker(build, location), isOver: true, at: context.now)
  }

  private mutating func ask(
    _ question: InspectionQuestion, isOver: Bool, at now: Date
  ) -> [Effect] {
    guard answers.ask(question.key(attempt: attempt), isOver: isOver, at: now) else { return [] }
    return [.inspect(run, attempt: attempt, question)]
  }

  private func questions(about deploy: Deploy, _ context: Context) -> [InspectionQuestion] {
    let failed = deploy.jobs.filter { $0.hasFailed && $0.job.status == .completed }
    var read = Array(failed.prefix(Self.limit))
    if let id = table.selection?.job, !read.contains(where: { $0.id == id }),
      let selected = failed.first(where: { $0.id == id })
    {
      read.append(selected)
    }
    var questions = read.filter(\.hasReadableFailure).map { InspectionQuestion.excerpts($0.job) }
    questions += markers(of: deploy, failed: read)
    if let template = context.environment?.failureArtifacts {
      questions += read.compactMap(\.build?.key).map {
        .failureFiles($0, template.location(for: $0))
      }
    }
    // What one job's annotations may not be read for, no other's may.
    if answers.annotationDenial == nil { questions += read.map { .annotations($0.job) } }
    return questions
  }

  private func markers(of deploy: Deploy, failed: [DeployJob]) -> [InspectionQuestion] {
    let odd = deploy.jobs.filter { item in
      Verdict(item).disagreement != nil && !failed.contains { $0.id == item.id }
    }
    return (failed + odd).compactMap { item in
      guard let build = item.build?.key, let location = item.markerLocation else { return nil }
      return switch item.marker {
      case .failed, .other: .marker(build, location)
      // The engine looks for the markers of the newest attempt alone.
      case .notLooked: isNewest ? nil : .marker(build, location)
      case .absent, .unreadable: nil
      }
    }
  }
}

extension DeployJob {
  /// Whether GitHub has lines of a failed step.
  var hasReadableFailure: Bool { job.status == .completed && job.failedStep != nil }
}
