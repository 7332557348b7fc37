import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Saving files and artifacts")
struct SavingTests {
  private let path = "logs/2_빌드.log"

  private func request(_ to: String, mayReplace: Bool = false) -> SaveRequest {
    SaveRequest(.file(Fixture.logsContainer, path: path), to: to, mayReplace: mayReplace)
  }

  private func artifact(_ to: String = "~/build-logs.zip") -> SaveRequest {
    SaveRequest(.artifact(Fixture.logs), to: to)
  }

  @Test("s proposes a path, and what was typed is made whole")
  func proposal() {
    let driver = Driver().openFiles().select(path: path)
    driver.press("s").expectScreen("save to ~/2_빌드.log", "47.1 KiB")
    driver.press("enter").effects(.save(request("~/2_빌드.log")))
    driver.send(.saved(request("~/2_빌드.log"), .done(path: "/home/kim/2_빌드.log", remark: "")))
    driver.expectNotice("saved to /home/kim/2_빌드.log", .success)
    for (typed, meant) in [
      ("/tmp/", "/tmp/2_빌드.log"), ("out.log", "~/out.log"), ("~/a/b", "~/a/b"),
      ("~", "~/2_빌드.log"), ("..", "~/../2_빌드.log"),
    ] {
      driver.press("s", "ctrl-u").type(typed).press("enter").effects(.save(request(meant)))
      driver.send(.saved(request(meant), .done(path: meant, remark: "")))
    }
    driver.press("s", "ctrl-u", "enter").expect("nothing was typed") { model in
      model.focus == .prompt
    }
    driver.expectScreen("type the path of a file")
    driver.type("a").expectNotOnScreen("type the path of a file").press("escape").expect { model in
      model.focus == .files
    }
  }

  @Test("Names from outside are made fit for a file's name")
  func names() {
    #expect(SavePath(folder: "~", name: "a/b\u{1B}[1m.log").proposal == "~/a-b.log")
    #expect(SavePath(folder: "/tmp/", name: "..").proposal == "/tmp/file")
  }

  @Test("A download shows how far it is and how fast, and what was checked in the end")
  func download() {
    let driver = Driver().openFiles().press("D")
    driver.expectScreen("save to ~/build-logs.zip", "1.2 MiB").press("enter")
      .effects(.save(artifact()))
    driver.send(.saved(artifact(), .progress(Transfer(received: 0, total: 1_258_291))))
      .expectScreen("saving build-logs.zip", "0 B of 1.2 MiB, 0%")
    driver.send(.tick(Fixture.now.addingTimeInterval(4)))
    driver.send(.saved(artifact(), .progress(Transfer(received: 629_145, total: 1_258_291))))
      .expectScreen("614 KiB of 1.2 MiB, 49%", "154 KiB/s")
    driver.press("D").expectNotice("on its way already", .warning)
    driver.send(
      .saved(artifact(), .done(path: "/home/kim/build-logs.zip", remark: "its sha256 digest fits")))
    driver.expectNotice("saved to /home/kim/build-logs.zip: its sha256 digest fits", .success)
      .expectNotOnScreen("saving build-logs.zip")
  }

  @Test("Leaving goes on with a download and tells of it; it is seen everywhere")
  func leaving() {
    let driver = Driver().openFiles().press("D", "enter").effects(.save(artifact()))
    driver.send(.saved(artifact(), .progress(Transfer(received: 1, total: 100))))
    driver.press("escape").effects(.closeFiles(Fixture.logsContainer))
      .expectNotice("build-logs.zip is still being saved", .info)
    driver.send(.saved(artifact(), .progress(Transfer(received: 50, total: 100))))
      .expectScreen("saving 50%")
    driver.send(.saved(artifact(), .exists(path: "/home/kim/build-logs.zip")))
      .expectNotice("not saved: /home/kim/build-logs.zip is there already", .warning)
      .expectNotOnScreen("saving 50%")
  }

  @Test("x stops a download, and says that it can go on")
  func stopping() {
    let driver = Driver().openFiles().press("x").expectNotice("does nothing here", .info)
    driver.press("D", "enter").effects(.save(artifact()))
    driver.press("x").effects(.cancelSave(artifact()))
      .expectNotice("saving it again goes on from what has come", .info)
    driver.send(.saved(artifact(), .progress(Transfer(received: 5, total: 10))))
      .expect("what was stopped stays so") { model in model.savings.isEmpty }
    driver.send(.saved(artifact(), .failed(ReadFailure(.cancelled, message: "m", remedy: "r"))))
      .expectNotice("goes on", .info)
  }

  @Test("A file that is there is replaced only when asked and answered by y")
  func replacing() {
    let driver = Driver().openFiles().select(path: path)
    let first = request("~/2_빌드.log")
    driver.press("s", "enter").effects(.save(first))
    driver.send(.saved(first, .exists(path: "/home/kim/2_빌드.log")))
      .expectScreen("Replace it, y or n?", "/home/kim/2_빌드.log is there")
    driver.type("q").expect { model in model.focus == .prompt }
    driver.type("n").expectNotice("nothing was saved", .info).expect { $0.focus == .files }
    for key in ["enter", "escape"] as [Key] {
      driver.press("s", "enter").effects(.save(first))
      driver.send(.saved(first, .exists(path: "/home/kim/2_빌드.log"))).press(key)
        .expectNotice("is left as it was", .info)
    }
    driver.press("s", "enter").effects(.save(first))
    driver.send(.saved(first, .exists(path: "/home/kim/2_빌드.log")))
    driver.type("y").effects(.save(request("/home/kim/2_빌드.log", mayReplace: true)))
  }

  @Test("Where a folder was named, the question names the file in it")
  func replacingInFolder() {
    let driver = Driver().openFiles().select(path: path)
    driver.press("s", "ctrl-u").type("/tmp/fresh").press("enter")
      .effects(.save(request("/tmp/fresh")))
    driver.send(.saved(request("/tmp/fresh"), .exists(path: "/tmp/fresh/2_빌드.log")))
      .expectScreen("/tmp/fresh/2_빌드.log is there")
    driver.type("y").effects(.save(request("/tmp/fresh/2_빌드.log", mayReplace: true)))
  }

  @Test("A place that failed is proposed again until something was saved there")
  func failedPath() {
    let driver = Driver().openFiles().select(path: path)
    let first = request("/nonexist/a.log")
    driver.press("s", "ctrl-u").type("/nonexist/a.log").press("enter").effects(.save(first))
    driver.send(
      .saved(
        first,
        .failed(ReadFailure(message: "there is no folder /nonexist", remedy: "Create it first."))))
    driver.expectNotice("there is no folder /nonexist. Create it first.", .error)
    driver.press("s").expectScreen("save to /nonexist/a.log").press("enter").effects(.save(first))
    driver.send(.saved(first, .done(path: "/nonexist/a.log", remark: "")))
    driver.press("s").expectScreen("save to ~/2_빌드.log").press("escape")
  }

  @Test("Sentences are told apart, however they end")
  func sentences() {
    #expect(Sentences.joined("there is none", "Create it.") == "there is none. Create it.")
    #expect(Sentences.joined("It is full.", "Make room", "") == "It is full. Make room")
    #expect(Sentences.joined("the system says “no.”", "Wait.") == "the system says “no.” Wait.")
    #expect(Sentences.joined("the system says “no”", "Wait.") == "the system says “no”. Wait.")
    #expect(Sentences.joined("", " ", "Wait.") == "Wait." && Sentences.joined() == "")
  }

  @Test("A question does not come where another line is typed, or another screen has the keys")
  func noSurprise() {
    let driver = Driver().openFiles().select(path: path)
    let first = request("~/2_빌드.log")
    driver.press("s", "enter").effects(.save(first)).press("/").type("lo")
    driver.send(.saved(first, .exists(path: "/home/kim/x"))).type("y")
      .expect { _ in driver.files?.filterText == "loy" }
    driver.press("escape", "?").send(.saved(first, .exists(path: "/home/kim/x")))
      .expectNotice("not saved", .warning)
  }

  @Test("A failure says why, what to do, and that saving again goes on")
  func failing() {
    let driver = Driver().openFiles().press("D", "enter").effects(.save(artifact()))
    driver.send(
      .saved(
        artifact(),
        .failed(ReadFailure(message: "The disk is full.", remedy: "Make room on /home."))))
    driver.expectNotice(
      "The disk is full. Make room on /home. Saving it again goes on from what has come.", .error)
  }

  @Test("Two things are not written to the same path at once")
  func samePath() {
    let driver = Driver().openFiles().press("D", "enter").effects(.save(artifact()))
    driver.select(path: path).press("s", "ctrl-u").type("~/build-logs.zip").press("enter")
      .expectNotice("is being written already", .warning)
  }

  @Test(
    "Sizes are told in the largest unit that leaves at least 1",
    arguments: [
      (0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (9_950, "9.7 KiB"), (157_286, "154 KiB"),
      (1_048_000, "1023 KiB"), (1_048_570, "1 MiB"), (1 << 30, "1 GiB"), (.max, "8 EiB"),
    ])
  func sizes(_ size: Int, _ text: String) {
    #expect(size.byteText == text)
  }

  @Test("A rate counts only what has come now, and begins anew with the file")
  func rate() {
    var saving = Saving(artifact())
    saving.take(Transfer(received: 1000, total: 5000), at: Fixture.now)
    #expect(saving.rate(at: Fixture.now.addingTimeInterval(10)) == nil)
    saving.take(Transfer(received: 3000, total: 5000), at: Fixture.now.addingTimeInterval(4))
    #expect(saving.rate(at: Fixture.now.addingTimeInterval(4)) == 500)
    saving.take(Transfer(received: 0, total: 5000), at: Fixture.now.addingTimeInterval(5))
    #expect(saving.rate(at: Fixture.now.addingTimeInterval(9)) == nil)
    #expect(Transfer(received: 9, total: 0).percent == nil)
    #expect(Transfer(received: .max, total: .max).percent == 100)
  }
}
