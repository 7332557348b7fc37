extension SimulatedWorkflow {
  /// The file's text, which a client reads to learn the inputs.
  func file(project: String?) -> String {
    var lines: [String] = []
    if let name { lines.append("name: \(name)") }
    lines.append("on:")
    lines += triggerLines
    if isUnparsable { lines += ["  \"workflow_dispatch: {inputs: [", "\tbranches: main]"] }
    if let environment {
      lines += [
        "", "env:", "  ENVIRONMENT: \(environment)", "  SERVICE_NAME: \(service)",
        "  SLACK_CHANNEL: \"#deploy-\(environment)\"",
      ]
    }
    lines += ["", "jobs:"]
    for job in jobs where job.caller == nil { lines += self.lines(of: job, project: project) }
    for caller in Set(jobs.compactMap(\.caller)).sorted() { lines += callLines(of: caller) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var triggerLines: [String] {
    var lines: [String] = []
    if let environment, takesTags {
      lines += ["  push:", "    tags:"]
      lines.append(
        "      - '\(service)-\(environment)-20[2-3][0-9][0-1][0-9][0-3][0-9]-[0-9][0-9]'")
    } else if environment == nil {
      lines += ["  push:", "    branches: [main]", "  pull_request:"]
    }
    guard takesDispatch else { return lines }
    lines.append("  workflow_dispatch:")
    guard !inputs.isEmpty else { return lines }
    lines.append("    inputs:")
    for input in inputs {
      lines.append("      \(input.name):")
      lines.append("        description: \"\(input.description)\"")
      lines.append("        required: \(input.isRequired)")
      switch input.kind {
      case .string: lines.append("        type: string")
      case .number: lines.append("        type: number")
      case .boolean: lines.append("        type: boolean")
      case .environment: lines.append("        type: environment")
      case .choice(let options):
        lines += ["        type: choice", "        options:"]
        lines += options.map { "          - \($0)" }
      }
      guard let value = input.defaultValue else { continue }
      switch input.kind {
      case .boolean, .number: lines.append("        default: \(value)")
      case .string, .choice, .environment: lines.append("        default: \"\(value)\"")
      }
    }
    return lines
  }

  private func lines(of job: JobTemplate, project: String?) -> [String] {
    var lines = ["  \(job.key):"]
    if !job.needs.isEmpty { lines.append("    needs: [\(job.needs.joined(separator: ", "))]") }
    if let environment = job.environment { lines.append("    environment: \(environment)") }
    lines += runsOnLines(project: project ?? "", inherits: job.inheritsLabel)
    if !job.legs.isEmpty {
      lines += ["    strategy:", "      matrix:"]
      lines.append("        node-version: [\(job.legs.joined(separator: ", "))]")
    }
    lines.append("    steps:")
    for step in StepTemplate.steps(of: job.steps) where step.kind != .post && step.kind != .frame {
      lines.append("      - name: \(step.name)")
      switch step.condition {
      case .success: break
      case .failure: lines.append("        if: ${{ failure() }}")
      case .always: lines.append("        if: always()")
      }
      lines.append(
        step.isCheckout
          ? "        uses: actions/checkout@v4"
          : step.kind == .upload
            ? "        uses: actions/upload-artifact@v4"
            : "        run: ./scripts/step.sh \"\(step.name)\"")
    }
    return lines
  }

  /// A job that is another workflow's.
  private func callLines(of caller: String) -> [String] {
    let needs = jobs.first { $0.caller == caller }?.needs ?? []
    return [
      "  \(caller):", "    needs: [\(needs.joined(separator: ", "))]",
      "    uses: \(Self.calledFile)@main", "    with:", "      environment: \(environment ?? "")",
      "    secrets: inherit",
    ]
  }

  private func runsOnLines(project: String, inherits: Bool) -> [String] {
    let attempt = inherits ? "${{ needs.build.outputs.attempt }}" : "${{ github.run_attempt }}"
    let label = "codebuild-\(project)-${{ github.run_id }}-\(attempt)"
    return switch runner {
    case .separate:
      ["    runs-on:", "      - \(label)", "      - buildspec-override:true"]
    case .spaced:
      [
        "    runs-on:", "      - \(label)", "        buildspec-override:true",
        "        instance-size:small",
      ]
    case .suffixed: ["    runs-on: \(label)-with-buildspec"]
    case .hosted: ["    runs-on: ubuntu-latest"]
    }
  }
}
