import Settings
import Testing

@Suite("The home folder")
struct HomeFolderTests {
  @Test("HOME counts where it is absolute; else the account's folder does")
  func home() {
    func home(_ value: String?) -> String? {
      HomeFolder.path(value.map { ["HOME": $0] } ?? [:], account: "/home/account")
    }
    #expect(home("/home/ann") == "/home/ann")
    #expect(home("/home/ann/") == "/home/ann")
    for value in [nil, "", "ann", "./ann", "/", "//"] { #expect(home(value) == "/home/account") }
  }

  @Test("Nobody's folder is none")
  func none() {
    for account in [nil, "", "/", "relative"] {
      #expect(HomeFolder.path(["HOME": ""], account: account) == nil)
    }
  }

  @Test("The account's folder is read whatever HOME says")
  func account() {
    #expect(HomeFolder.path(["HOME": "relative"]) == HomeFolder.path([:]))
  }
}
