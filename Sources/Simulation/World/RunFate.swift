/// How an attempt is meant to go.
struct RunFate: Sendable, Hashable {
  /// How its work ends.
  enum Ending: Sendable, Hashable {
    case success
    /// A step fails, and the marker is written.
    case failure
    /// A step fails, and so does the upload of the marker.
    case unmarkedFailure
    /// Somebody cancels it so long after a runner took it.
    case cancelled(after: Duration)
  }

  /// What becomes of its runner.
  enum Runner: Sendable, Hashable {
    case ready
    /// The webhook was not delivered: no build is ever started.
    case neverComes
    /// The build stays in one phase for a while.
    case held(phase: String, for: Duration)
    /// The build fails before the runner starts.
    case failsInInstall
    /// The runner starts, gets no job and leaves with success (actions/runner#3441).
    case idles
    /// Somebody cancels the job so long after it was queued, and its build never learns of it.
    case abandoned(after: Duration)
    /// The legs of a matrix take each other's runner.
    case swapped
  }

  var ending: Ending = .success
  var runner: Runner = .ready
  /// How long a review takes; `nil` waits for an operator.
  var review: Duration? = .seconds(180)
  /// The job that the fate is about; `nil` for the first.
  var job: String?
  /// How many times its usual length the long steps take.
  var stretch = 1.0
  /// What makes a step fail; `nil` for whatever may.
  var cause: FailureCause?
}
