import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Frames on file: files")
struct FilesGoldenTests {
  static let sizes = [(40, 10), (80, 24), (120, 40), (200, 60)]

  private func driver(_ size: (Int, Int), glyphs: GlyphSet = .unicode) -> Driver {
    Driver(columns: size.0, rows: size.1, glyphs: glyphs)
  }

  @Test("An artifact's files at every size", arguments: sizes)
  func listed(_ size: (Int, Int)) {
    let driver = driver(size).openFiles().select(path: "logs/2_빌드.log")
    expectGolden(driver.frame, "files-\(size.0)x\(size.1)")
  }

  @Test("Without Unicode signs, at a refused file")
  func refused() {
    let driver = driver((80, 24), glyphs: .ascii).openFiles().select(path: "../../etc/cron.d/job")
    expectGolden(driver.frame, "files-refused-ascii-80x24")
  }

  @Test("While it comes, and where it cannot be had", arguments: [(40, 10), (80, 24)])
  func absent(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let driver = driver(size).openFiles(Fixture.logsContainer, nil)
    driver.send(
      .files(Fixture.logsContainer, .fetching(Transfer(received: 629_145, total: 1_258_291))))
    expectGolden(driver.frame, "files-fetching-\(name)")
    driver.send(
      .files(
        Fixture.logsContainer,
        .failed(
          ReadFailure(
            message: "build-logs is no zip: it begins like an HTML page, such as a login page.",
            remedy: "Check who answers the download: a proxy may have put its own page there."))))
    expectGolden(driver.frame, "files-failed-\(name)")
  }

  @Test("A filter, a path to save to, a download, and a question", arguments: [(40, 10), (80, 24)])
  func saving(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let driver = driver(size).openFiles().press("/").type("log")
    expectGolden(driver.frame, "files-filter-\(name)")
    driver.press("escape", "D")
    expectGolden(driver.frame, "files-path-\(name)")
    let request = SaveRequest(.artifact(Fixture.logs), to: "~/build-logs.zip")
    driver.press("enter").effects(.save(request))
    driver.send(.saved(request, .progress(Transfer(received: 0, total: 1_258_291))))
    driver.send(.tick(Fixture.now.addingTimeInterval(4)))
    driver.send(.saved(request, .progress(Transfer(received: 629_145, total: 1_258_291))))
    expectGolden(driver.frame, "files-saving-\(name)")
    driver.send(.saved(request, .exists(path: "/home/kim/build-logs.zip")))
    expectGolden(driver.frame, "files-replacing-\(name)")
  }

  @Test("Files that a build has left in S3")
  func failureFiles() {
    let driver = driver((80, 24)).openFiles(
      Fixture.failureFiles, [Fixture.file("npm-debug.log", 48_211), Fixture.file("로그/앱.txt", 812)])
    expectGolden(driver.frame, "files-s3-80x24")
  }
}
