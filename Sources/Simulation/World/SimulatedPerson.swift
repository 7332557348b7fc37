import Deploys

/// Somebody who starts runs.
struct SimulatedPerson: Sendable, Hashable {
  var id: Int64
  var login: String
  var name: String
  var isBot = false
}

extension SimulatedPerson {
  /// Who a client's token stands for.
  static let viewer = SimulatedPerson(id: 71_004_001, login: "operator", name: "운영 담당자")

  /// The team.
  ///
  /// GitHub's logins are ASCII today; one that is not keeps clients honest.
  static let team: [SimulatedPerson] = [
    SimulatedPerson(id: 71_004_002, login: "minjun-kim", name: "김민준"),
    SimulatedPerson(id: 71_004_003, login: "seoyeon-lee", name: "이서연"),
    SimulatedPerson(id: 71_004_004, login: "jpark", name: "Ji-hoon Park"),
    SimulatedPerson(id: 71_004_005, login: "hana-choi", name: "최하나"),
    SimulatedPerson(id: 71_004_006, login: "김민준", name: "김민준"),
  ]

  /// The bot that updates dependencies.
  static let bot = SimulatedPerson(
    id: 29_139_614, login: "renovate[bot]", name: "renovate[bot]", isBot: true)
}
