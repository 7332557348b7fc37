import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("The list of files")
struct FileBrowserTests {
  @Test("While an artifact comes, a bar tells how far it is; then its files are there")
  func fetching() {
    let driver = Driver().openFiles(Fixture.logsContainer, nil)
    driver.expectScreen("Fetching build-logs")
    driver.send(
      .files(Fixture.logsContainer, .fetching(Transfer(received: 629_145, total: 1_258_291)))
    )
    .expectScreen("614 KiB of 1.2 MiB, 49%")
    driver.press("s").expectNotice("on its way", .warning)
    driver.send(.files(Fixture.logsContainer, .listed(Fixture.files)))
      .expectNotOnScreen("Fetching").expectScreen("9 files, 3 GiB", "3 refused", "요약.md")
  }

  @Test("x stops what is fetched, and R asks anew")
  func stopping() {
    let driver = Driver().openFiles(Fixture.logsContainer, nil).expectScreen("x stop")
    driver.press("x").effects(.closeFiles(Fixture.logsContainer))
      .expectNotice("stopped fetching", .info).expectScreen("Stopped fetching.", "R asks again.")
    driver.send(.files(Fixture.logsContainer, .fetching(Transfer(received: 5))))
      .expectNotOnScreen("Fetching build-logs")
    driver.press("x").expectNotice("does nothing here", .info)
    driver.press("R").effects(.listFiles(Fixture.logsContainer)).expectScreen("Fetching")
    driver.send(.files(Fixture.logsContainer, .listed(Fixture.files))).expectScreen("9 files")
    // A list that was there stays.
    driver.press("R").effects(.listFiles(Fixture.logsContainer)).expectScreen("asking")
    driver.press("x").effects(.closeFiles(Fixture.logsContainer))
      .expectNotOnScreen("asking").expectScreen("9 files")
  }

  @Test("What cannot be listed says why and what to do; R asks anew")
  func failed() {
    let driver = Driver().openFiles(Fixture.logsContainer, nil)
    driver.send(
      .files(
        Fixture.logsContainer,
        .failed(ReadFailure(message: "build-logs is no zip.", remedy: "Check the proxy.")))
    ).expectScreen(
      "build-logs is no zip.", "Check the proxy.", "R asks again.", "D saves it as it is.")
    driver.press("enter").expectNotice("R asks again", .warning)
    driver.press("R").effects(.listFiles(Fixture.logsContainer)).expectScreen("Fetching")
    driver.press("R").expectNotice("on its way", .warning)
    driver.send(.files(Fixture.logsContainer, .listed([]))).expectScreen("The artifact is empty.")
  }

  @Test("An artifact that has expired is not asked for")
  func expired() {
    var artifact = Fixture.logs
    artifact.expiresAt = Fixture.ago(60)
    let driver = Driver().act { $0.openFiles(.artifact(artifact)) }
    driver.expectScreen("build-logs has expired", "expired")
    driver.press("D").expectNotice("GitHub has deleted it", .warning)
    driver.press("R").effects(.listFiles(.artifact(artifact)))
  }

  @Test("A list that is asked for anew stays on the screen, and the cursor on its file")
  func reload() {
    let driver = Driver().openFiles().select(path: "logs/2_빌드.log")
    driver.press("R").effects(.listFiles(Fixture.logsContainer))
    driver.expectScreen("2_빌드.log", "asking")
    driver.send(.files(Fixture.logsContainer, .listed(Fixture.files.reversed())))
    driver.expect { _ in driver.selectedPath == "logs/2_빌드.log" }
    driver.send(
      .files(
        Fixture.logsContainer, .listed(Fixture.files.filter { $0.path != "logs/2_빌드.log" })))
    driver.expect("its folder inherits the cursor") { _ in driver.selectedPath == "logs" }
  }

  @Test("Enter opens folders and files; left and right go in and out")
  func folding() {
    let driver = Driver().openFiles()
    #expect(
      driver.rowNames == [
        "logs", ".runner", "..phases.json", ".2_빌드.log", ".10_배포.log", ".latest", "보고서",
        ".단위 테스트", "..결과.xml", ".화면.png", "../../etc/cron.d/job", "coredump", "요약.md",
      ])
    driver.expect { _ in driver.selectedPath == "logs" }
    driver.press("enter").expectScreen("logs/  4 files").expectNotOnScreen("2_빌드.log")
    driver.press("l").expectScreen("2_빌드.log").press("l")
    driver.expect { _ in driver.selectedPath == "logs/runner" }
    driver.press("h", "h").expect { _ in driver.selectedPath == "logs" }
    driver.press("space").expectNotOnScreen("2_빌드.log").press("space")
    driver.press("Z").expect { _ in driver.files?.list.rows.count == 5 }
    driver.press("Z").expect { _ in driver.files?.list.rows.count == 13 }
    driver.press("G").press("right").expectNotice("a file", .warning)
  }

  @Test("A text opens in the pager; what is none, and what is refused, says so")
  func opening() {
    let driver = Driver().openFiles().select(path: "logs/2_빌드.log")
    driver.press("enter").effects(
      .openLog(.file(Fixture.logsContainer, path: "logs/2_빌드.log")))
    driver.expect { model in model.focus == .pager }
    driver.press("escape").drain().expect { model in model.focus == .files }
    driver.select(path: "보고서/화면.png").press("enter")
      .expectNotice("화면.png is no text: s saves it", .warning)
    driver.select(path: "logs/latest").press("enter").expectNotice("a symbolic link", .warning)
    driver.press("s").expectNotice("not saved: it is a symbolic link", .warning)
    driver.expectScreen("neither opened nor saved: it is a symbolic link")
  }

  @Test("The filter shows what has its words while it is typed; esc empties it, then leaves")
  func filter() {
    let driver = Driver().openFiles().select(path: "요약.md")
    driver.press("/").type("결과 XML").expectScreen("1 of 9")
    #expect(driver.rowNames == ["보고서", ".단위 테스트", "..결과.xml"])
    driver.press("enter").expectScreen("filter 결과 XML 1 of 9")
    driver.press("g", "space").expectNotice("a filter opens all folders", .warning)
    driver.press("/").type("x").expectScreen("No path has the filter's words")
    driver.press("escape").expect { _ in driver.files?.list.rows.count == 13 }
    driver.press("/").type("log").press("enter", "escape")
    driver.expect { _ in driver.files?.list.rows.count == 13 }
    driver.press("escape").effects(.closeFiles(Fixture.logsContainer))
    driver.expect { model in model.screens.isEmpty }
  }

  @Test("y copies a path, o opens the artifact's page, and what is not there says so")
  func outside() {
    let driver = Driver().openFiles().select(path: "logs/2_빌드.log")
    driver.press("y").effects(.copy("logs/2_빌드.log")).expectNotice("copied", .success)
    driver.press("o").effects(
      .openInBrowser("https://github.com/acme/shop/actions/runs/302/artifacts/9001"))
    let files = Driver().openFiles(Fixture.failureFiles, [Fixture.file("npm/debug.log", 9)])
    files.press("down", "y").effects(
      .copy("s3://acme-ci-results/deploy-prd/deploy-prd:71c2/npm/debug.log"))
    files.expectScreen("s3://acme-ci-results/deploy-prd/deploy-prd:71c2/", "1 file, 9 B")
    files.press("D").expectNotice("does nothing here", .info)
    files.press("q").effects(.closeFiles(Fixture.failureFiles))
  }

  @Test("Names from outside command nothing")
  func hostile() {
    let driver = Driver().openFiles(
      Fixture.logsContainer,
      [Fixture.file("a\u{1B}[2J\u{202E}b\n.txt", 1, refusal: "its path holds control characters")])
    driver.expectScreen("ab .txt")
    #expect(driver.frame.lines.allSatisfy { !$0.unicodeScalars.contains("\u{1B}") })
    driver.press("y").effects(.copy("ab .txt"))
  }
}
