package import Foundation

/// Something about an attempt of a run that is read when somebody looks at it.
package enum InspectionQuestion: Sendable, Hashable {
  /// The attempt itself: its run, its jobs and what they are joined with.
  case attempt
  /// What the run has left on GitHub.
  case artifacts
  /// The remarks that a job carries.
  case annotations(Job)
  /// The last lines of a job's failed steps.
  case excerpts(Job)
  /// What a marker says, in full.
  case marker(BuildKey, S3Location)
  /// The files that a build left in S3 when it failed, under a prefix.
  case failureFiles(BuildKey, S3Location)
}

/// The answer to an ``InspectionQuestion``.
package enum InspectionAnswer: Sendable, Hashable {
  /// The answer to ``InspectionQuestion/attempt``.
  case attempt(Deploy)
  /// The answer to ``InspectionQuestion/artifacts``.
  case artifacts([Artifact])
  /// The answer to ``InspectionQuestion/annotations(_:)``.
  case annotations([Annotation])
  /// The answer to ``InspectionQuestion/excerpts(_:)``: one for each failed step.
  case excerpts([StepExcerpt])
  /// The answer to ``InspectionQuestion/marker(_:_:)``; `nil` where there is none.
  case marker(MarkerContent?)
  /// The answer to ``InspectionQuestion/failureFiles(_:_:)``.
  case files([StoredFile])
  /// Why there is none.
  case failed(ReadFailure)
}

/// What a marker says, in full.
package struct MarkerContent: Sendable, Hashable {
  /// The text, cut after 64 KiB.
  package var text: String
  /// When it was written; `nil` where S3 does not say.
  package var modifiedAt: Date?

  /// Creates a content.
  package init(text: String, modifiedAt: Date? = nil) {
    self.text = text
    self.modifiedAt = modifiedAt
  }
}

/// The lines of a step's log that tell most.
package struct StepExcerpt: Sendable, Hashable {
  /// A line of an excerpt.
  package struct Line: Sendable, Hashable {
    /// Its place in the step, counted from 1.
    package var number: Int
    /// Its words, without the timestamp and without escape sequences; not yet made harmless.
    package var text: String
    /// Whether it is an `##[error]` line.
    package var isError: Bool

    /// Creates a line.
    package init(number: Int, text: String, isError: Bool) {
      self.number = number
      self.text = text
      self.isError = isError
    }
  }

  /// The step's number in its job.
  package var step: Int
  /// The step's `##[error]` lines and its last lines, in the log's order; never more than 40.
  package var lines: [Line]
  /// How many lines the step has written in all.
  package var total: Int

  /// Creates an excerpt.
  package init(step: Int, lines: [Line], total: Int) {
    self.step = step
    self.lines = lines
    self.total = total
  }
}
