import Foundation
import Testing
import Transport

@Suite("Conditional cache")
struct ConditionalCacheTests {
  private let credential = UUID()

  private func key(_ url: String) -> ConditionalCache.Key {
    ConditionalCache.Key(credential: credential, method: "GET", url: url, accept: "json")
  }

  private func entry(_ bytes: Int, etag: String = "t") -> ConditionalCache.Entry {
    ConditionalCache.Entry(etag: etag, body: Data(repeating: 1, count: bytes))
  }

  @Test("Keeps the tag, the links and the body as they came")
  func keepsVerbatim() {
    let cache = ConditionalCache()
    let entry = ConditionalCache.Entry(
      etag: #"W/"ab c""#, link: #"<https://x/?page=2>; rel="next""#, body: Data("[]".utf8))
    cache[key("u")] = entry
    #expect(cache[key("u")] == entry)
  }

  @Test("Every part of the key counts")
  func keyPartsCount() {
    let cache = ConditionalCache()
    cache[key("u")] = entry(1)
    var other = key("u")
    other.credential = UUID()
    #expect(cache[other] == nil)
    other = key("u")
    other.accept = "raw"
    #expect(cache[other] == nil)
    other = key("u")
    other.method = "HEAD"
    #expect(cache[other] == nil)
    #expect(cache[key("v")] == nil)
  }

  @Test("Drops the least recently used, and never exceeds its bound")
  func dropsLeastRecentlyUsed() {
    let cache = ConditionalCache(byteLimit: 5000)
    for url in ["a", "b", "c"] { cache[key(url)] = entry(1200) }
    _ = cache[key("a")]
    cache[key("d")] = entry(1200)
    #expect(cache[key("b")] == nil)
    #expect(cache[key("a")] != nil)
    #expect(cache[key("d")] != nil)
    #expect(cache.byteCount <= 5000)
    for number in 1...500 { cache[key("\(number)")] = entry(number) }
    #expect(cache.byteCount <= 5000)
  }

  @Test("Counts what replacing and forgetting free")
  func countsBytes() {
    let cache = ConditionalCache(byteLimit: 10_000)
    cache[key("a")] = entry(4000)
    let full = cache.byteCount
    cache[key("a")] = entry(1000)
    #expect(cache.byteCount == full - 3000)
    cache[key("a")] = nil
    #expect(cache.byteCount == 0)
    #expect(cache.count == 0)
  }

  @Test("An answer larger than the bound is not kept and drives nothing out")
  func oversizedIsNotKept() {
    let cache = ConditionalCache(byteLimit: 2000)
    cache[key("a")] = entry(500)
    cache[key("big")] = entry(3000)
    #expect(cache[key("big")] == nil)
    #expect(cache[key("a")] != nil)
  }

  @Test("Takes writers and readers from many tasks")
  func manyTasks() async {
    let cache = ConditionalCache(byteLimit: 20_000)
    await withTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          for number in 0..<200 {
            cache[key("\(task)/\(number % 20)")] = entry(number)
            _ = cache[key("\((task + 1) % 8)/\(number % 20)")]
          }
        }
      }
    }
    #expect(cache.byteCount <= 20_000)
    #expect(cache.count > 0)
  }
}
