import Deploys
import Settings

extension Configuration {
  /// After how long a state is worth a person's time.
  var limits: Diagnosis.Limits { Diagnosis.Limits(noRunner: noRunnerAfter) }
}
