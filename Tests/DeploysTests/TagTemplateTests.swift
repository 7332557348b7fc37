import Deploys
import Foundation
import Testing

@Suite("Names of the tags that deploy")
struct TagTemplateTests {
  private let team = TagTemplate.standard

  @Test("The next number lies above every one that is taken, of this day and place alone")
  func next() {
    let tags = [
      "shop-dev-20261123-01", "shop-dev-20261123-07", "shop-dev-20261122-90",
      "shop-stg-20261123-30", "shop-dev-20261123-x", "web-dev-20261123-40",
    ]
    let number = team.nextNumber(
      after: tags, service: "shop", environment: "dev", day: "20261123")
    #expect(number == 8)
    #expect(
      team.name(service: "shop", environment: "dev", day: "20261123", number: number)
        == "shop-dev-20261123-08")
    #expect(
      team.nextNumber(after: [], service: "shop", environment: "dev", day: "20261123") == 1)
    #expect(
      team.name(service: "결제", environment: "prd", day: "20261123", number: 100)
        == "결제-prd-20261123-100")
  }

  @Test("A service whose name begins another's is told apart")
  func prefixes() {
    #expect(!team.isTag("shop-web-dev-20261123-01", service: "shop", environment: "dev"))
    #expect(team.isTag("shop-dev-20261123-01", service: "shop", environment: "dev"))
    #expect(!team.isTag("shop-dev-2026112-01", service: "shop", environment: "dev"))
    #expect(!team.isTag("shop-dev-20261123-01-rc", service: "shop", environment: "dev"))
    #expect(
      team.number(
        of: "shop-dev-20261123-01-rc", service: "shop", environment: "dev", day: "20261123")
        == nil)
  }

  @Test(
    "Other forms",
    arguments: [
      ("v{date}.{number}", "v20261123.03"), ("{environment}/{service}/{number}", "dev/shop/03"),
      ("{number}-{service}", "03-shop"),
    ])
  func others(text: String, expected: String) throws {
    let template = try #require(TagTemplate(text))
    let name = template.name(service: "shop", environment: "dev", day: "20261123", number: 3)
    #expect(name == expected)
    #expect(template.isTag(name, service: "shop", environment: "dev"))
    #expect(
      template.number(of: name, service: "shop", environment: "dev", day: "20261123") == 3)
  }

  @Test(
    "What is no template",
    arguments: [
      "", "{service}", "{number}{number}", "{number} x", "{nubmer}-{number}", "a..{number}",
      "{number}.lock", "-{number}", "{number}/", "a~{number}", "a//{number}",
    ])
  func refused(text: String) {
    #expect(TagTemplate(text) == nil)
  }

  @Test("The day is the time zone's")
  func day() throws {
    let evening = Date(timeIntervalSince1970: 1_795_392_000 - 3600)
    let seoul = try #require(TimeZone(identifier: "Asia/Seoul"))
    let utc = TagTemplate.day(evening, in: .gmt)
    #expect(TagTemplate.day(evening, in: seoul) > utc)
    #expect(utc.count == 8)
  }
}
