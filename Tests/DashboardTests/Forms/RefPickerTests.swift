import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Choosing a branch or a tag")
struct RefPickerTests {
  private typealias F = FormFixture

  /// A driver with the list open over the form of dev's first deploy.
  private func driver(columns: Int = 120, rows: Int = 40) -> Driver {
    F.driver(columns: columns, rows: rows).press("ctrl-t").effects(
      .loadRefs(Fixture.shop, .branch, page: 1), .loadRefs(Fixture.shop, .tag, page: 1))
  }

  private func answer(_ kind: GitRef.Kind, _ names: [String], page: Int = 1, next: Int? = nil)
    -> Message
  {
    .refsLoaded(Fixture.shop, kind, page: page, F.page(kind, names, next: next))
  }

  private func names(_ driver: Driver) -> [String] {
    guard case .refs(let picker) = driver.model.screens.last else { return [] }
    return picker.hits.map(\.ref.name)
  }

  private func selected(_ driver: Driver) -> String? {
    guard case .refs(let picker) = driver.model.screens.last else { return nil }
    return picker.selected?.name
  }

  @Test("Own tags come first, then what ran lately, then branches, then tags; newest first")
  func order() {
    let driver = driver()
    driver.send(answer(.branch, ["next", "결제", "main", "release-10", "release-9"]))
    driver.send(
      answer(
        .tag,
        [
          "v1.9.0", "v1.10.0", "v1.10.0-rc1", "shop-dev-20261112-03", "shop-dev-20261123-02",
          "shop-dev-20261123-10", "shop-stg-20261123-01", "shop-stg-20261112-02",
        ]))
    #expect(
      names(driver) == [
        "shop-dev-20261123-10", "shop-dev-20261123-02", "shop-dev-20261112-03",
        "shop-stg-20261112-02", "main", "next", "release-9", "release-10", "결제", "v1.10.0",
        "v1.10.0-rc1", "v1.9.0", "shop-stg-20261123-01",
      ])
    driver.expectScreen("for dev", "run 14m", "branch main", "89abcde", "branches: 5 in 1 page")
  }

  @Test("It is narrowed as one types; nearer hits come first, and case does not count")
  func narrowing() {
    let driver = driver()
    driver.send(answer(.branch, ["main", "domain", "MAIN-2", "feature/m-a-i-n", "결제-수정"]))
    driver.send(answer(.tag, ["shop-dev-20261123-01"])).type("Main")
    #expect(names(driver) == ["main", "MAIN-2", "domain", "feature/m-a-i-n"])
    driver.expectScreen("4 of 6").press("ctrl-u").type("수정")
    #expect(names(driver) == ["결제-수정"])
    driver.press("ctrl-u").type("dev 01")
    #expect(names(driver) == ["shop-dev-20261123-01"])
    driver.type("zzz").expectScreen("None of the 6 that are read has “dev 01zzz”")
    driver.press("enter").expectNotice("nothing is listed", .warning)
    driver.press("escape").expect { $0.focus == .text }
  }

  @Test("A name that is decomposed is found by a composed one")
  func composition() {
    let driver = driver()
    driver.send(answer(.branch, ["\u{1112}\u{1161}\u{11AB}"])).type("한")
    #expect(names(driver).count == 1)
  }

  @Test("More is read where the cursor nears the end, and once only")
  func pages() {
    let driver = driver()
    driver.send(answer(.branch, ["main"]))
    driver.send(answer(.tag, (1...30).map { "shop-dev-20261101-\($0)" }, next: 2)).effects()
    driver.expectScreen("tags: 30 in 1 page, more exist", "branches: 1 in 1 page, all read")
    driver.press("down").effects()
    for _ in 0..<21 { driver.press("down") }
    driver.effects()
    driver.press("down").effects(.loadRefs(Fixture.shop, .tag, page: 2))
    driver.press("down").effects()
    let before = selected(driver)
    driver.send(answer(.tag, ["shop-dev-20261102-01"], page: 2))
    #expect(selected(driver) == before)
    #expect(names(driver).first == "shop-dev-20261102-01")
    driver.expectScreen("tags: 31 in 2 pages, all read").press("pgdn", "pgdn", "down").effects()
  }

  @Test("More is read by itself where what was typed has few hits, to an end")
  func fewHits() {
    let driver = driver()
    driver.send(answer(.branch, ["main"]))
    driver.send(answer(.tag, ["shop-dev-20261101-01"], next: 2)).effects()
    driver.type("v").effects(.loadRefs(Fixture.shop, .tag, page: 2))
    for page in 2..<10 {
      driver.send(answer(.tag, ["x\(page)"], page: page, next: page + 1))
        .effects(.loadRefs(Fixture.shop, .tag, page: page + 1))
    }
    driver.send(answer(.tag, ["x10"], page: 10, next: 11)).effects()
    driver.expectScreen("tags: 10 in 10 pages", "more exist").press("down")
    driver.effects(.loadRefs(Fixture.shop, .tag, page: 11))
  }

  @Test("A few pages are read by themselves for a tag of the service and environment")
  func lookingForOwnTags() {
    let driver = driver()
    driver.send(answer(.tag, ["a"], next: 2)).effects(.loadRefs(Fixture.shop, .tag, page: 2))
    driver.send(answer(.tag, ["shop-dev-20261123-01"], page: 2, next: 3)).effects()
  }

  @Test("A page that fails says so and what to do; the rest stays")
  func failure() {
    let driver = driver().send(answer(.branch, ["main"]))
    let failed = RefPage.Answer.failed(
      ReadFailure(message: "the tags of acme/shop: GitHub failed (502)", remedy: "Wait."))
    driver.send(.refsLoaded(Fixture.shop, .tag, page: 1, failed)).effects()
    driver.expectScreen("GitHub failed (502)", "Wait.", "main")
    driver.press("down").effects(.loadRefs(Fixture.shop, .tag, page: 1))
    driver.send(.refsLoaded(Fixture.shop, .tag, page: 1, failed)).press("f5").effects(
      .loadRefs(Fixture.shop, .branch, page: 1), .loadRefs(Fixture.shop, .tag, page: 1))
    driver.send(answer(.tag, ["v1"])).expectNotOnScreen("502")
  }

  @Test("Pages that nobody waits for, of others or twice, change nothing")
  func strangers() {
    let driver = driver().send(answer(.tag, ["v1"], page: 7))
    driver.send(.refsLoaded(Fixture.web, .tag, page: 1, F.page(.tag, ["w1"])))
    driver.send(answer(.tag, ["v2", "v2"], next: 1)).effects()
    driver.send(answer(.tag, ["v3"]))
    #expect(names(driver) == ["v2"])
  }

  @Test("A branch and a tag of one name are told apart")
  func sameName() {
    let driver = driver()
    driver.send(answer(.branch, ["v1"])).send(answer(.tag, ["v1"])).press("down", "enter")
    driver.effects(.loadDispatchForm(F.target, ref: "refs/tags/v1"))
  }

  @Test("Names from outside command nothing")
  func hostile() {
    let driver = driver(columns: 80, rows: 24)
    driver.send(answer(.branch, ["x\u{1B}[2J\u{202E}y", String(repeating: "길", count: 80)]))
    driver.expectNotOnScreen("\u{1B}").expectNotOnScreen("\u{202E}")
    driver.expect { view($0).lines.allSatisfy { DisplayWidth.of($0) <= 80 } }
  }

  @Test(
    "Versions are told apart by their numbers",
    arguments: [
      ("v1.10", "v1.9"), ("v1.0.0", "v1.0.0-rc1"), ("v2", "v1.99"), ("20261123-02", "20261123-01"),
      ("a-10", "a-9"), ("v1.0.1", "v1.0"), ("v1-2", "v1"),
    ])
  func versions(_ later: String, _ earlier: String) {
    #expect(VersionOrder.isLater(later, than: earlier))
    #expect(!VersionOrder.isLater(earlier, than: later))
    #expect(!VersionOrder.isLater(later, than: later))
  }

  @Test("Ten thousand tags are ordered and narrowed, and the time is printed")
  func large() {
    let driver = driver()
    let tags = (0..<10_000).map { "svc-\($0 % 40)-prd-202611\(10 + $0 % 20)-\($0)" }
    let clock = ContinuousClock()
    let order = clock.measure { driver.send(answer(.tag, tags)) }
    let narrow = clock.measure { driver.type("svc-7-9") }
    let draw = clock.measure { _ = driver.frame }
    print("10,000 tags: ordered in \(order), narrowed 7 times in \(narrow), drawn in \(draw)")
    #expect(!names(driver).isEmpty)
  }
}
