import Deploys
import Testing

struct WorkflowPatternTests {
  @Test(arguments: [
    ("^(action.*dev-deploy)$", "action-shop-dev-deploy", "shop"),
    ("^(action.*dev-deploy)$", "action-결제-dev-deploy", "결제"),
    ("^(action.*dev-deploy)$", "action-my-shop-dev-deploy", "my-shop"),
    ("^(action.*dev-deploy)$", "actiondev-deploy", "actiondev-deploy"),
    ("^action-(?<service>[a-z]+)-dev", "action-shop-dev-deploy", "shop"),
    ("^deploy (.+) to dev$", "deploy web to dev", "web"),
    ("^prod: .*$", "prod: api", "api"),
    ("deploy", "deploy shop", "deploy shop"),
    ("^(a|b)-deploy$", "a-deploy", "a-deploy"),
    ("^Xy*deploy$", "Xyydeploy", "yy"), (#"^(deploy-.*\w)$"#, "deploy-view", "view"),
  ])
  func findsTheService(pattern: String, name: String, service: String) throws {
    #expect(try WorkflowPattern(pattern).service(in: name) == service)
  }

  @Test(arguments: [
    ("^(action.*dev-deploy)$", "action-shop-stg-deploy"),
    ("^(action.*dev-deploy)$", ".github/workflows/dev-deploy.yml"),
    ("^(action.*dev-deploy)$", "ci"),
  ])
  func leavesOthersAlone(pattern: String, name: String) throws {
    #expect(try WorkflowPattern(pattern).service(in: name) == nil)
  }

  @Test func refusesABadExpression() {
    #expect(throws: (any Error).self) { try WorkflowPattern("^(action") }
  }
}

struct MarkerTests {
  @Test func standardPlaceHoldsTheColon() {
    let key = BuildKey(scope: devScope, id: "dev-runner:1234-ab")
    #expect(
      MarkerTemplate.standard.location(for: key).description
        == "s3://codebuild-dev-runner/results/failure_build_dev-runner:1234-ab.txt")
  }

  @Test func templatesAreChecked() throws {
    let template = try #require(MarkerTemplate("s3://b/{project}/{build_uuid}.txt"))
    let key = BuildKey(scope: devScope, id: "p:u")
    #expect(template.location(for: key) == S3Location(bucket: "b", key: "p/u.txt"))
    for bad in ["b/k", "s3://b", "s3://b/", "s3:///k", "s3://b/{builds}.txt", "s3://b/{project"] {
      #expect(MarkerTemplate(bad) == nil, "\(bad)")
    }
  }

  @Test(arguments: [
    ("BUILD_FAILED=true\n", Marker.failed), ("run=1\nBUILD_FAILED=true", .failed),
    ("BUILD_FAILED=false\n", .other("BUILD_FAILED=false")), ("", .other("")),
  ])
  func readsContentAsTheBuildspecDoes(content: String, marker: Marker) {
    #expect(Marker(content: content) == marker)
  }
}

struct RepositoryNameTests {
  @Test func refusesWhatIsNoName() {
    #expect(RepositoryName("acme/shop")?.description == "acme/shop")
    for bad in ["acme", "acme/", "/shop", "a/b/c", "acme/..", "ac me/shop", "acme/sh?p", "결제/a"] {
      #expect(RepositoryName(bad) == nil, "\(bad)")
    }
  }
}
