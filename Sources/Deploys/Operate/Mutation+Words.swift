extension Mutation {
  /// What it is, in words such as `a retry of the failed jobs in prd`.
  package var name: String {
    switch self {
    case .dispatch(let request): "a dispatch of \(request.service) to \(request.environment)"
    case .retry(let request): "a retry of \(request.scope.words) in \(request.environment)"
    case .cancel(let request):
      "a \(request.isForced ? "forced cancel" : "cancel") in \(request.environment)"
    case .stopBuild(let request): "the end of a build in \(request.environment)"
    case .review(let request):
      "\(request.isApproval ? "an approval" : "a rejection") in \(request.environment)"
    case .tag(let request): "the tag \(request.tag)"
    }
  }
}

extension RetryRequest.Scope {
  /// What is to run again, in words for a person.
  package var words: String {
    switch self {
    case .failedJobs: "the failed jobs"
    case .allJobs: "all jobs"
    case .job(_, let name): "the job \(name)"
    }
  }
}
