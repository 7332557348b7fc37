import Deploys

extension Transfer {
  /// How far it has come, for people.
  var words: String {
    guard let total, let percent else { return received.byteText }
    return "\(received.byteText) of \(total.byteText), \(percent)%"
  }
}
