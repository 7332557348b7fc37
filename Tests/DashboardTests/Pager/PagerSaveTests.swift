import Canvas
import Deploys
import Foundation
import LogText
import Testing

@testable import Dashboard

@Suite("Saving from the pager")
struct PagerSaveTests {
  typealias My = PagerFixture

  private let path = "/home/kim/logs/결제-api-23.2-build.log"

  private func driver() -> PagerDriver {
    let driver = PagerDriver()
    driver.open(.jobLog(of: My.job, in: My.run, title: My.title)).effects(.openLog(My.source))
    return driver.news(My.source, .opened(My.file(My.jobLog)), .ended)
  }

  private func request(_ path: String, mayReplace: Bool = false) -> SaveRequest {
    SaveRequest(.log(My.source), to: path, mayReplace: mayReplace)
  }

  @Test("A path is proposed, the text is saved, and its end is told")
  func saving() {
    let driver = driver().press("s").expectPrompt("save to ", "KiB")
    #expect(driver.pager?.question?.field.text == path)
    driver.press("enter").effects(.save(request(path))).expectScreen("saving")
    driver.press("s").expectNotice("one at a time", .warning)
    driver.send(.saved(request(path), .progress(Transfer(received: 512, total: 2048))))
    driver.expectScreen("saving 512 B of 2 KiB, 25%")
    driver.send(.saved(request(path), .done(path: path, remark: "3 KiB")))
    driver.expectNotice("saved to \(path): 3 KiB", .success).expectNotOnScreen("saving")
  }

  @Test("A path may be relative to the folder, a folder, or in the home")
  func paths() {
    for (typed, path) in [
      ("a.log", "/home/kim/logs/a.log"), ("/tmp/", "/tmp/결제-api-23.2-build.log"),
      ("~/b.log", "~/b.log"), ("~", "~/결제-api-23.2-build.log"),
    ] {
      driver().press("s", "ctrl-u").type(typed).press("enter").effects(.save(request(path)))
    }
    driver().press("s", "ctrl-u", "enter")
      .expectPrompt("save to ", "type the path of a file", isWrong: true)
      .type("a.log").expectPrompt("save to ").press("enter")
      .effects(.save(request("/home/kim/logs/a.log")))
    driver().press("s", "escape").expectNotOnScreen("save to")
  }

  @Test("A file that is there is replaced only on a yes")
  func existing() {
    let driver = driver().press("s", "enter").effects(.save(request(path)))
    driver.send(.saved(request(path), .exists(path: path)))
    driver.expectPrompt("Replace it, y or n? ", "\(path) is there").type("x")
    driver.press("enter").expectNotice("nothing was saved").expectNotOnScreen("Replace it")
    driver.press("s", "enter").effects(.save(request(path)))
    driver.send(.saved(request(path), .exists(path: path))).type("n").expectNotice("left as it was")
    driver.press("s", "enter").effects(.save(request(path)))
    driver.send(.saved(request(path), .exists(path: path))).type("y")
    driver.effects(.save(request(path, mayReplace: true)))
    driver.send(.saved(request(path, mayReplace: true), .done(path: path, remark: "")))
    driver.expectNotice("saved to", .success)
  }

  @Test("Where a folder was named, the question names the file in it, and that one is replaced")
  func existingInFolder() {
    let driver = driver().press("s", "ctrl-u").type("/tmp/fresh").press("enter")
    driver.effects(.save(request("/tmp/fresh")))
    driver.send(.saved(request("/tmp/fresh"), .exists(path: "/tmp/fresh/job-9.log")))
    driver.expectPrompt("Replace it, y or n? ", "/tmp/fresh/job-9.log is there").type("y")
    let second = request("/tmp/fresh/job-9.log", mayReplace: true)
    driver.effects(.save(second))
    driver.send(.saved(second, .done(path: "/tmp/fresh/job-9.log", remark: "")))
    driver.expectNotice("saved to /tmp/fresh/job-9.log", .success)
  }

  @Test("Keys typed into another line never answer the question")
  func existingWhileTyping() {
    let driver = driver().press("s", "enter").effects(.save(request(path))).press("/").type("y")
    driver.send(.saved(request(path), .exists(path: path))).type("y")
    driver.expectPrompt("/")
    #expect(driver.pager?.question?.field.text == "yy" && driver.pager?.saving == nil)
  }

  @Test("A failure is told with its remedy and can be tried again")
  func failure() {
    let driver = driver().press("s", "enter").effects(.save(request(path)))
    driver.send(
      .saved(
        request(path), .failed(ReadFailure(message: "The disk is full.", remedy: "Make room."))))
    driver.expectNotice("The disk is full. Make room.", .error)
    driver.press("s", "enter").effects(.save(request(path)))
  }

  @Test("A path that failed is proposed again, and its words do not run together")
  func failureKeepsPath() {
    let typed = request("/nonexist/a.log")
    let driver = driver().press("s", "ctrl-u").type("/nonexist/a.log").press("enter")
    driver.effects(.save(typed))
    driver.send(
      .saved(
        typed,
        .failed(
          ReadFailure(message: "there is no folder /nonexist", remedy: "Create it first."))))
    driver.expectNotice("there is no folder /nonexist. Create it first.", .error)
    driver.press("s")
    #expect(driver.pager?.question?.field.text == "/nonexist/a.log")
    driver.press("enter").effects(.save(typed))
    driver.send(.saved(typed, .done(path: "/nonexist/a.log", remark: ""))).press("s")
    #expect(driver.pager?.question?.field.text == path)
  }

  @Test("What a pager saves is its own; anything else is left to others")
  func ownership() {
    let driver = driver().press("s", "enter").effects(.save(request(path)))
    var model = driver.model
    let strange = model.takePagerSaved(request("/other"), .done(path: "/other", remark: ""))
    let own = model.takePagerSaved(request(path), .progress(Transfer(received: 1)))
    #expect(own && !strange)
    driver.press("q").effects(.closeLog(My.source))
    model = driver.model
    let late = model.takePagerSaved(request(path), .done(path: path, remark: ""))
    #expect(!late)
  }

  @Test("Names are made of what a file system takes")
  func names() {
    let container = FileContainer.failureFiles(
      My.build(.failed).key, S3Location(bucket: "b", key: "k/"))
    let requests: [(PagerRequest, String)] = [
      (.attempt(2, of: My.run, title: ["a/b: c\u{1B}[2J", "..\u{0}"]), "a-b-c-...log"),
      (.file("x/y/결과 1.txt", in: container, title: ["a"]), "결과 1.txt"),
      (.file("x/..", in: container, title: ["a"]), "file"),
      (.build(My.build(.failed).key, title: ["api #1"]), "api-1-runner.log"),
    ]
    for (request, name) in requests {
      let driver = PagerDriver().open(request).dropEffects()
      #expect(driver.pager?.savePath.proposal == "/home/kim/logs/\(name)")
    }
  }
}
