extension Sequence where Element: Sendable {
  /// Does something with every element, several at a time.
  /// - Returns: The results, in the order of the elements.
  func concurrently<Outcome: Sendable>(
    atMost limit: Int, _ work: @escaping @Sendable (Element) async -> Outcome
  ) async -> [Outcome] {
    await withTaskGroup(of: (Int, Outcome).self) { group in
      var results: [Int: Outcome] = [:]
      for (index, element) in enumerated() {
        if index >= limit, let (done, result) = await group.next() { results[done] = result }
        group.addTask { (index, await work(element)) }
      }
      for await (done, result) in group { results[done] = result }
      return results.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
