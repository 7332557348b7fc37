import ArgumentParser

/// Repeatable measurements of the program that is built beside it, with peers in the same run.
@main
struct BenchmarkSuite: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Measure cdtop beside its peers; prints figures and ratios, and judges nothing.",
    subcommands: [BoardBenchmark.self, RequestBenchmark.self, LogBenchmark.self])
}
