import Deploys
import Testing

@Suite("The command line of a mutation")
struct CommandLineTests {
  private static let shop = RepositoryName(owner: "acme", name: "shop")
  private static let run = RunKey(repository: shop, id: 301)

  private func dispatch(_ ref: String, _ inputs: [(String, String)]) -> String {
    Mutation.dispatch(
      DispatchRequest(
        repository: Self.shop, workflowID: 1, workflowName: "w", path: "w.yml", ref: ref,
        inputs: inputs.map { DispatchRequest.Input(name: $0.0, value: $0.1) },
        environment: "dev", service: "결제-api")
    ).commandLine
  }

  @Test("A dispatch names service, environment, ref and every input")
  func dispatch() {
    #expect(
      dispatch("main", [("version", "1.4"), ("note", "")])
        == "cdtop dispatch 결제-api@dev --ref main -f version=1.4 -f note=")
    #expect(dispatch("-x", []) == "cdtop dispatch 결제-api@dev --ref=-x")
  }

  @Test(
    "What a shell would read otherwise is quoted",
    arguments: [
      ("a b", "'n=a b'"), ("it's", "'n=it'\\''s'"), ("$HOME `x` \"y\"", "'n=$HOME `x` \"y\"'"),
      ("a\\b", "'n=a\\b'"), ("*?[~!#&;|<>(){}", "'n=*?[~!#&;|<>(){}'"), ("김민수", "n=김민수"),
      ("one\ntwo's\\", "$'n=one\\012two\\'s\\\\'"), ("\u{1B}[2J", "$'n=\\033[2J'"),
      ("\u{202E}x", "$'n=\\342\\200\\256x'"), ("a/b:c@d,e+f%g.h_i-j", "n=a/b:c@d,e+f%g.h_i-j"),
    ])
  func quoting(_ value: String, _ word: String) {
    #expect(dispatch("main", [("n", value)]).hasSuffix("-f \(word)"))
  }

  @Test("A retry, a cancel, and the end of a build")
  func runs() {
    func retry(_ scope: RetryRequest.Scope, isDebug: Bool = false) -> String {
      Mutation.retry(
        RetryRequest(
          run: Self.run, attempt: 2, scope: scope, isDebug: isDebug, environment: "prd")
      ).commandLine
    }
    #expect(retry(.failedJobs) == "cdtop retry 301 --failed")
    #expect(retry(.allJobs, isDebug: true) == "cdtop retry 301 --all --debug")
    #expect(retry(.job(id: 9, name: "roll out")) == "cdtop retry 301 --job 9")
    let cancel = CancelRequest(run: Self.run, attempt: 1, environment: "prd")
    #expect(Mutation.cancel(cancel).commandLine == "cdtop cancel 301")
    var forced = cancel
    forced.isForced = true
    #expect(Mutation.cancel(forced).commandLine == "cdtop cancel 301 --force")
    let build = BuildKey(
      scope: AWSScope(profile: "acme-prd", region: "ap-northeast-2"), id: "deploy-prd:cccc-1")
    #expect(
      Mutation.stopBuild(StopBuildRequest(build: build, run: nil, environment: "prd")).commandLine
        == "cdtop stop-build deploy-prd:cccc-1@prd")
  }

  @Test("An answer to what waits, and a tag")
  func others() {
    func review(_ isApproval: Bool, _ comment: String) -> String {
      Mutation.review(
        ReviewRequest(
          run: Self.run, attempt: 1,
          targets: [
            ReviewRequest.Target(id: 1, name: "production"),
            ReviewRequest.Target(id: 2, name: "EU west"),
          ], isApproval: isApproval, comment: comment, environment: "prd")
      ).commandLine
    }
    #expect(
      review(true, "")
        == "cdtop approve 301 --environment production --environment 'EU west'")
    #expect(review(false, "-1").hasSuffix("--comment=-1") && review(false, "").contains("reject"))
    let tag = TagRequest(
      repository: Self.shop, tag: "shop-prd-20261123-01", commit: "c", source: "stg",
      environment: "prd", service: "shop")
    #expect(
      Mutation.tag(tag).commandLine == "cdtop tag shop@prd --from c --tag shop-prd-20261123-01")
  }
}
