/// Says that an operation was given up because its time had run out.
struct DeadlinePassed: Error {}

/// Runs an operation, and cancels it when its time has run out.
/// - Throws: What the operation throws, or ``DeadlinePassed``.
func withDeadline<Value: Sendable>(
  _ limit: Duration, operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value?.self) { group in
    group.addTask { try await operation() }
    group.addTask {
      try await Task.sleep(for: limit)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let value = first else { throw DeadlinePassed() }
    return value
  }
}
