import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Marks and following")
struct MarkTests {
  @Test("Space marks and goes on to the next deploy; space again takes the mark away")
  func toggling() {
    let driver = Driver().press("1", "space").expectSelection(Fixture.row("dev", 102))
      .expect { $0.marks == [Fixture.key(101)] }.expectScreen("1 marked", "◉*dev shop")
    driver.press("space", "up", "space").expect { $0.marks == [Fixture.key(101)] }
    driver.press("up", "up", "e", "down", "space")
      .expect("a job means its deploy") { $0.marks.isEmpty }
    driver.press("left", "space").expectNotice("go to a deploy first", .warning)
    driver.press("u").expectNotice("nothing is marked", .warning)
  }

  @Test("The last deploy is marked and the cursor stays; headings are passed over")
  func ends() {
    Driver().press("G", "space").expectSelection(Fixture.row("prd", 303, in: Fixture.web))
      .expect { $0.marks == [Fixture.key(303, in: Fixture.web)] }
    let last = Fixture.row("dev", 98)
    let driver = Driver().press("1", "down", "down", "down", "down", "down").expectSelection(last)
    driver.press("space").expectSelection(Fixture.row("stg", 202))
  }

  @Test("All that is shown is marked; escape and u take every mark away")
  func all() {
    let driver = Driver().press("*").expect { $0.marks.count == 11 }
      .expectNotice("11 marked", .info).press("escape").expect { $0.marks.isEmpty }
      .expectNotice("11 marks taken away", .info)
    driver.press("/").type("prd").press("enter", "*").expect { $0.marks.count == 3 }
    driver.press("escape").expect("first the filter, then the marks") { $0.marks.count == 3 }
    driver.press("u").expect { $0.marks.isEmpty }
    Driver().press("/").type("nothing").press("enter", "*")
      .expectNotice("there is nothing to mark", .warning)
  }

  @Test("Marks keep to their runs through refreshes, and go with them")
  func refreshes() {
    let driver = Driver().press("*").send(
      .snapshot(Fixture.board { $0.sections[0].deploys.reverse() })
    )
    .expect { $0.marks.count == 11 }
    driver.send(.snapshot(Fixture.board { $0.sections[0].deploys.removeFirst(2) }))
      .expect { $0.marks.count == 9 && !$0.marks.contains(Fixture.key(101)) }
      .expectNotice("2 of the marked runs left the board", .warning).press("j")
    driver.send(.snapshot(Fixture.snapshot)).expect { $0.marks.count == 9 && $0.notice == nil }
  }

  @Test("On a run's own screen the keys act on that run, whatever is marked")
  func detailActsOnOne() {
    let driver = Driver().press("*").press("enter").drain().press("r", "enter")
    driver.effects(.preview(Fixture.retry(302, attempt: 2, "prd")))
  }

  @Test("Following is asked for, shown in the row, and taken back")
  func following() {
    let driver = Driver().press("1", "F").effects(.follow(Fixture.key(101), true))
      .expectNotice("shop #128 is followed", .info).press("down").expectScreen("F▸◉ dev shop")
    driver.press("up", "F").effects(.follow(Fixture.key(101), false)).press("down")
      .expectNotOnScreen("F▸◉")
    driver.press("1", "left", "F").expectNotice("go to a deploy first", .warning)
    driver.press("G", "F").effects().expectNotice("it is over: success", .warning)
      .expect { $0.watched.isEmpty }
  }

  @Test("Who follows a run can take that back after its end")
  func followedToItsEnd() {
    let driver = Driver().press("1", "F").drain()
    driver.send(.snapshot(Fixture.board { $0.sections[0].deploys[0].state = .completed(.success) }))
    driver.press("F").effects(.follow(Fixture.key(101), false)).press("F").effects()
      .expectNotice("it is over: success", .warning)
  }

  @Test("On 120 columns the footer has approving before dispatching, marks and workflows")
  func footer() {
    let footer = Driver().press("!").frame.lines.last ?? ""
    for key in ["P approve  d dispatch", "w workflows", "space mark"] {
      #expect(footer.contains(key), "\(footer)")
    }
  }

  @Test("A small screen shows the marks and how many there are")
  func small() {
    Driver(columns: 40, rows: 10).press("1", "space").expectScreen("*1", "◉*dev shop")
  }
}
