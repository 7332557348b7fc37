import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

/// Artifacts and files by hand.
extension Fixture {
  static let logs = Artifact(
    run: key(302), id: 9_001, name: "build-logs", size: 1_258_291,
    digest: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    createdAt: ago(3 * 86_400), expiresAt: ago(-12 * 86_400 - 60))

  static let logsContainer = FileContainer.artifact(logs)

  static let failureFiles = FileContainer.failureFiles(
    BuildKey(scope: AWSScope(profile: "acme-prd", region: "ap-northeast-2"), id: "deploy-prd:71c2"),
    S3Location(bucket: "acme-ci-results", key: "deploy-prd/deploy-prd:71c2/"))

  static func file(_ path: String, _ size: Int?, refusal: String? = nil) -> StoredFile {
    StoredFile(path: path, size: size, modifiedAt: ago(7_000), refusal: refusal)
  }

  /// Folders, Korean names, numbers that sort by their value, and files that are refused.
  static let files = [
    file("요약.md", 812),
    file("logs/10_배포.log", 5_242_880),
    file("logs/2_빌드.log", 48_211),
    file("logs/runner/phases.json", 1_024),
    file("보고서/단위 테스트/결과.xml", 220_100),
    file("보고서/화면.png", 91_000),
    file("../../etc/cron.d/job", 20, refusal: "its path leads out of its folder by a “..” part"),
    file("logs/latest", nil, refusal: "it is a symbolic link"),
    file("coredump", 3_221_225_472, refusal: "it is larger than 1 GiB when unpacked"),
  ]
}

extension Driver {
  /// The list of files on top.
  var files: FileBrowser? {
    guard case .files(let files) = model.screens.last else { return nil }
    return files
  }

  /// The names of the rows, with their depth as dots.
  var rowNames: [String] {
    files?.list.rows.map { String(repeating: ".", count: $0.depth) + $0.name } ?? []
  }

  /// The path under the cursor.
  var selectedPath: String? { files?.selectedRow?.id.path }

  /// Opens a container and lists what is in it.
  @discardableResult
  func openFiles(
    _ container: FileContainer = Fixture.logsContainer, _ files: [StoredFile]? = Fixture.files,
    at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    act(at: place) { $0.openFiles(container) }.effects(.listFiles(container), at: place)
    if let files { send(.files(container, .listed(files)), at: place) }
    return self
  }

  /// Moves the cursor to a row.
  @discardableResult
  func select(path: String, at place: SourceLocation = #_sourceLocation) -> Driver {
    press("g", at: place)
    for _ in 0..<(files?.list.rows.count ?? 0) where selectedPath != path {
      press("down", at: place)
    }
    expect("\(path) is there", at: place) { _ in selectedPath == path }
    return self
  }
}
