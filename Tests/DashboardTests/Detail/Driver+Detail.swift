import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

extension Driver {
  /// The screen of a run that is open.
  var detail: RunDetail? { model.detail }

  /// Opens a run's screen, and leaves its questions to be taken note of.
  @discardableResult
  func open(_ deploy: Deploy, at place: SourceLocation = #_sourceLocation) -> Driver {
    press("enter", at: place)
    #expect(detail?.run == deploy.run.key, "enter opens the run", sourceLocation: place)
    return drain()
  }

  /// Answers a question.
  @discardableResult
  func answer(
    _ question: InspectionQuestion, _ answer: InspectionAnswer, attempt: Int? = nil,
    at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    guard let detail else {
      Issue.record("no run's screen is open", sourceLocation: place)
      return self
    }
    let attempt = attempt ?? detail.attempt
    return send(.inspected(detail.run, attempt: attempt, question, answer), at: place)
  }

  /// Answers everything that a failed run asks.
  @discardableResult
  func answerAll(at place: SourceLocation = #_sourceLocation) -> Driver {
    for item in detail?.failedJobs ?? [] {
      answer(.excerpts(item.job), .excerpts([Fixture.brokenLines]), at: place)
      answer(
        .annotations(item.job),
        .annotations([
          Annotation(level: .failure, message: "Process completed with exit code 1."),
          Annotation(
            level: .warning, title: "곧 없어짐", message: "Node 20 is deprecated", path: ".github"),
        ]), at: place)
      guard let build = item.build?.key, let location = item.markerLocation else { continue }
      answer(
        .marker(build, location),
        .marker(MarkerContent(text: "BUILD_FAILED=true\n", modifiedAt: Fixture.ago(1500))),
        at: place)
      if let template = model.snapshot.environment(Fixture.brokenStep.environment)?
        .failureArtifacts
      {
        answer(
          .failureFiles(build, template.location(for: build)),
          .files([
            StoredFile(path: "npm-debug.log", size: 48_211),
            StoredFile(path: "로그/앱.txt", size: 812),
          ]), at: place)
      }
    }
    answer(.artifacts, .artifacts([Fixture.report, Fixture.oldReport]), at: place)
    return self
  }
}
