import Deploys
import Testing

@testable import Dashboard

@Suite("Jobs grouped by name")
struct JobTreeTests {
  private func tree(_ names: String...) -> [String] {
    let jobs = names.enumerated().map { index, name in
      DeployJob(
        job: Job(id: Int64(index), runID: 1, attempt: 1, name: name, status: .queued),
        kind: .unknown)
    }
    return lines(JobTree.nodes(of: jobs), indent: "")
  }

  private func lines(_ nodes: [JobTree], indent: String) -> [String] {
    nodes.flatMap { node in
      switch node {
      case .job(let job, let name): ["\(indent)\(name) #\(job.id)"]
      case .group(let path, _, let inside):
        ["\(indent)[\(path)]"] + lines(inside, indent: indent + " ")
      }
    }
  }

  @Test("Legs of a matrix stand under their name, in the order in which they come")
  func matrix() {
    #expect(
      tree("build (a, 1)", "test", "build (b, 2)")
        == ["[build]", " (a, 1) #0", " (b, 2) #2", "test #1"])
    #expect(tree("build (a)", "test") == ["build (a) #0", "test #1"])
  }

  @Test("Jobs of a called workflow stand under their caller, legs of it under theirs")
  func called() {
    #expect(
      tree("deploy / plan", "deploy / apply (a)", "deploy / apply (b)")
        == [
          "[deploy]", " plan #0", " [deploy / apply]", "  (a) #1", "  (b) #2",
        ])
    #expect(
      tree("deploy (eu) / plan", "deploy (eu) / apply", "deploy (us) / plan")
        == ["[deploy]", " [deploy / (eu)]", "  plan #0", "  apply #1", " (us) / plan #2"])
    #expect(
      tree("deploy (eu) / plan", "deploy (eu) / apply")
        == ["[deploy (eu)]", " plan #0", " apply #1"])
  }

  @Test("Names that only look like groups are left as they are")
  func oddNames() {
    #expect(JobTree.parts(of: "build (x / y)") == ["build", "(x / y)"])
    #expect(JobTree.parts(of: "build (x) fast") == ["build (x) fast"])
    #expect(JobTree.parts(of: "(x)") == ["(x)"])
    #expect(JobTree.parts(of: " / ") == [" / "])
    #expect(JobTree.parts(of: "a / ") == ["a"])
    #expect(JobTree.parts(of: "build ((x)") == ["build ((x)"])
    #expect(JobTree.parts(of: "") == [""])
    #expect(tree("same", "same") == ["same #0", "same #1"])
    #expect(tree("build", "build (a)") == ["[build]", " build #0", " (a) #1"])
    let long = String(repeating: "a (", count: 400)
    #expect(JobTree.parts(of: long) == [long])
  }
}
