import Deploys
import Foundation
import GitHub

extension Operator {
  /// The time, by the server's clock where its answers tell that this machine's is wrong: such a
  /// machine must neither date a tag wrongly nor call a run too old.
  var serverTime: Date {
    let now = now()
    return github.clockError?.corrected(now) ?? now
  }
}
