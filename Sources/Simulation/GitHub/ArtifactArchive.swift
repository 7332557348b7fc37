import Crypto
import Deploys
import Foundation

/// The zip of an artifact, and its digest.
struct ArtifactArchive: Sendable {
  let content: LazyContent
  /// SHA-256 in hexadecimal digits.
  let digest: String

  init(_ plan: ArtifactPlan, of run: RunPlan, in world: World) {
    // upload-artifact writes its zips in one go.
    content = ZipWriter.zip(
      Self.files(of: plan, run: run, world: world),
      modifiedAt: world.clock.date(of: plan.createdAt), isStreamed: true)
    var hash = SHA256()
    content.forEachPiece { hash.update(data: $0) }
    digest = hash.finalize().hexDigits
  }

  private static func files(
    of plan: ArtifactPlan, run: RunPlan, world: World
  ) -> [ZipWriter.File] {
    let workflow = world.workflow(of: run)
    let finishedAt = world.clock.date(of: plan.createdAt)
    switch plan.kind {
    case .testReport:
      return TestReport(job: plan.job, service: workflow.service, finishedAt: finishedAt).files
    case .failureLogs:
      return FailureFiles(job: plan.job, run: run, world: world).logs
    case .imageManifest:
      var chance = Randomness(seed: world.seed, "manifest", String(plan.id))
      return [
        ZipWriter.File(
          "manifest.yml",
          "service: \(workflow.service)\nimage: \(run.sha)\ndigest: sha256:\(chance.hex(64))\n"),
        ZipWriter.File("sbom/sbom.spdx.json", billOfMaterials),
      ]
    case .dockerCache:
      let seed = Randomness.mix(UInt64(truncatingIfNeeded: plan.id))
      return [
        ZipWriter.File("cache/index.json", "{\"schemaVersion\":2,\"manifests\":[]}\n"),
        ZipWriter.File(
          "cache/layers.tar.zst",
          LazyContent.noise(count: max(1, world.scenario.artifactBytes), seed: seed)),
      ]
    case .rollOutEvents:
      let steps = plan.job.steps.filter { $0.isWritten && $0.conclusion != .skipped }
      let log = JobLog(plan.job, of: run, in: world)
      return [
        ZipWriter.File("events/ecs-events.log", steps.map { log.output(of: $0) }.joined()),
        ZipWriter.File("task-definition.json", "{\"cpu\":\"512\",\"memory\":\"1024\"}\n"),
      ]
    }
  }

  private static var billOfMaterials: String {
    let packages = StepScript.packages.map { "{\"name\":\"\($0)\",\"licenseConcluded\":\"MIT\"}" }
    return "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[\(packages.joined(separator: ",\n"))]}\n"
  }
}

/// Archives that have been asked for: making one anew for each answer would take long.
struct ArtifactShelf: Sendable {
  private var archives: [Int64: ArtifactArchive] = [:]
  private var order: [Int64] = []
  private static let most = 48

  subscript(id: Int64) -> ArtifactArchive? { archives[id] }

  mutating func keep(_ archive: ArtifactArchive, for id: Int64) {
    archives[id] = archive
    order.append(id)
    if order.count > Self.most { archives[order.removeFirst()] = nil }
  }
}

extension World {
  /// The zip of an artifact.
  mutating func archive(of plan: ArtifactPlan, in run: RunPlan) -> ArtifactArchive {
    if let known = shelf[plan.id] { return known }
    let archive = ArtifactArchive(plan, of: run, in: self)
    shelf.keep(archive, for: plan.id)
    return archive
  }
}
