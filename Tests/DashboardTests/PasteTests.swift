import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Pasted text, and keys that come at once")
struct PasteTests {
  @Test("A paste presses no keys: no question is answered, nothing is marked or opened")
  func pressesNothing() {
    let board = Driver()
    let selection = board.model.board.selection
    board.send(.pasted("rm -rf x")).effects().expectSelection(selection)
      .expect { $0.screens.isEmpty && $0.marks.isEmpty }
      .expectNotice("pasted text goes into text fields only", .warning)
    let question = Driver().press("1", "x", "enter").drain().expect { $0.focus == .confirm }
    for text in ["y", "y\n", "deploy by hand\r\n"] {
      question.send(.pasted(text)).effects().expect { $0.focus == .confirm }
        .expectNotice("pasted text goes into text fields only", .warning)
    }
    question.press("y").effects(.mutate(Fixture.cancel(101)))
  }

  @Test("A name that is asked for is typed, not pasted")
  func confirmsNothing() {
    let driver = Driver().press("r", "enter").drain().expect { $0.focus == .name }
    driver.send(.pasted("prd\n")).effects().expectNotice("type the name", .warning)
    driver.press("enter").effects().expectNotice("type prd to go on", .warning)
    driver.type("prd").expect { $0.confirmation?.isSatisfied == true }
  }

  @Test("Whether a file is replaced is not answered by a paste")
  func replacesNothing() {
    let path = "logs/2_빌드.log"
    let request = SaveRequest(.file(Fixture.logsContainer, path: path), to: "~/2_빌드.log")
    let driver = Driver().openFiles().select(path: path).press("s", "enter")
    driver.effects(.save(request)).send(.saved(request, .exists(path: "/home/kim/2_빌드.log")))
    driver.send(.pasted("y")).effects().expectScreen("pasted text is no answer: y or n")
    driver.type("x").expectScreen("/home/kim/2_빌드.log is there")
  }

  @Test("A text field takes a paste as one line and does not go on by itself")
  func oneLine() {
    Driver().press("/").send(.pasted("\nshop\r\nprd\u{1B}[2J\n")).effects()
      .expect { $0.board.filterText == "shop prd" && $0.focus == .filter }
      .send(.pasted("\n")).effects().expect { $0.board.filterText == "shop prd" }
      .press("enter").expect { $0.focus == .board }
    let form = FormFixture.driver().press("enter").expect { $0.focus == .text }
    form.press("ctrl-u").send(.pasted("1.4\nbeta")).effects()
    form.expect { $0.focus == .text }.expectScreen("1.4 beta")
  }

  @Test("A line takes so much and says so; the inputs of a form as much as GitHub takes")
  func limits() {
    let long = String(repeating: "ab ", count: 20_000)
    let driver = Driver().press("/").send(.pasted(long)).effects()
    driver.expect { $0.board.filterText.count == 1_000 }
      .expectScreen("cut: this line takes 1,000 characters at most")
    driver.press("backspace").expectNotOnScreen("cut: this line").press("enter")
    let form = FormFixture.driver().press("enter", "ctrl-u").send(.pasted(long + long)).effects()
    form.expectScreen("characters at most").expect { model in
      guard case .dispatch(let dialog) = model.screens.last else { return false }
      let inputs = dialog.fields.dropFirst()
      return inputs.reduce(0) { $0 + $1.label.count + $1.value.count } == 65_535
    }
  }

  @Test("What is typed at once is one change of the line")
  func atOnce() {
    let typed = "shop prd".map { Key($0) }
    let model = Driver().press("/").model
    #expect(model.typed(by: (typed + ["enter", "x"])[...]).count == typed.count)
    #expect(Driver().model.typed(by: typed[...]).isEmpty)
    Driver().press("/").send(.keys(typed + ["enter", "?"])).effects()
      .expect { $0.board.filterText == "shop prd" && $0.focus == .help }
  }
}
