import Testing

@testable import Operations

@Suite("Which tags start a workflow")
struct TagFilterTests {
  @Test(
    "Triggers are read as GitHub reads them",
    arguments: [
      ("on: push", true), ("on: [workflow_dispatch]", false), ("on: [create]", true),
      ("on: {push: }", true), ("on: {push: {branches: [main]}}", false),
      ("on: {push: {tags: shop-dev-*}}", true), ("on: {push: {tags: ['web-*']}}", false),
      ("on: {push: {tags: ['shop-*', '!shop-dev-*']}}", false),
      ("on: {push: {tags: ['!shop-*', 'shop-dev-*']}}", true),
      ("on: {push: {tags-ignore: ['web-*']}}", true),
      ("on: {push: {branches: [main], tags-ignore: ['shop-**']}}", false),
      ("on: {create: , push: {branches: [main]}}", true), ("on: {schedule: []}", false),
      (
        "on:\n  push:\n    tags:\n      - 'shop-dev-20[2-3][0-9][0-1][0-9][0-3][0-9]-[0-9][0-9]'",
        true
      ),
    ])
  func triggers(text: String, starts: Bool) throws {
    #expect(try WorkflowFile(text).tags.lets("shop-dev-20261123-01") == starts)
  }

  @Test(
    "Patterns fit as the cheat sheet says",
    arguments: [
      ("*", "v1", true), ("*", "a/b", false), ("**", "a/b", true), ("v2*", "v2.0", true),
      ("v2*", "av2", false), ("v[12].[0-9]+.[0-9]+", "v1.10.1", true),
      ("v[12].[0-9]+.[0-9]+", "v3.0.0", false), ("releases/**-alpha", "releases/10-alpha", true),
      ("*.jsx?", "page.js", true), ("*.jsx?", "page.jsx", true), ("a.b", "acb", false),
      ("v\\*", "v*", true), ("v\\*", "v1", false), ("결제-*", "결제-1", true),
    ])
  func patterns(pattern: String, tag: String, fits: Bool) {
    #expect(TagFilter.only([pattern]).lets(tag) == fits)
  }

  @Test("A pattern that cannot be read gives no judgement", arguments: ["[", "+", "[z-a]"])
  func unreadable(pattern: String) {
    #expect(TagFilter.only([pattern]).lets("x") == nil)
  }
}
