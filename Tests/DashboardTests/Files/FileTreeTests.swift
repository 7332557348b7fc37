import Canvas
import Deploys
import Testing

@testable import Dashboard

@Suite("The tree of files")
struct FileTreeTests {
  private func names(_ paths: [String], filter: String = "") -> [String] {
    let tree = FileTree(paths.map { StoredFile(path: $0, size: 1) })
    return tree.rows(folded: [], filter: PathFilter(filter)).map {
      String(repeating: ".", count: $0.depth) + $0.name
    }
  }

  @Test("Folders come first, then files, numbers by their value and without regard to case")
  func order() {
    #expect(
      names(["b.txt", "A.txt", "10.log", "2.log", "z/10/x", "z/9/x", "a/b/c"])
        == ["a", ".b", "..c", "z", ".9", "..x", ".10", "..x", "2.log", "10.log", "A.txt", "b.txt"])
  }

  @Test("A folder holds the sum of what is in it")
  func sums() throws {
    let tree = FileTree(Fixture.files)
    let logs = try #require(tree.nodes.first { $0.path == "logs" })
    #expect(logs.count == 4 && logs.size == 5_242_880 + 48_211 + 1_024)
    #expect(tree.count == Fixture.files.count)
    #expect(tree.folders == ["logs", "logs/runner", "보고서", "보고서/단위 테스트"])
  }

  @Test("Paths that lie about their folders stand whole at the root")
  func dishonest() {
    #expect(
      names(["../../etc/passwd", "/abs", "a//b", "./x", "a/b"])
        == ["a", ".b", "../../etc/passwd", "./x", "/abs", "a//b"])
  }

  @Test(
    "A file beside a folder of its name, the same path twice, and a key that ends in a separator")
  func doubles() {
    let files = ["a", "a/b", "dup", "dup", "empty/"].map { StoredFile(path: $0, size: 1) }
    let rows = FileTree(files).rows(folded: [], filter: PathFilter(""))
    #expect(rows.map(\.name) == ["a", "b", "empty", "a", "dup", "dup"])
    #expect(Set(rows.map(\.id)).count == rows.count)
  }

  @Test("A path of 2,000 folders is told apart only so far")
  func deep() {
    let path = String(repeating: "d/", count: 2000) + "x"
    let rows = FileTree([StoredFile(path: path, size: 1)]).rows(folded: [], filter: PathFilter(""))
    #expect(rows.count == FileTree.deepest + 1)
    #expect(rows.last?.id == .file(path, 0))
  }

  @Test("A filter keeps the files that have all its words, and their folders")
  func filter() {
    #expect(
      names(["logs/api.log", "logs/web.log", "보고서/결과.xml", "API"], filter: "API log")
        == ["logs", ".api.log"])
    #expect(names(["a", "보고서/결과.xml"], filter: "결과") == ["보고서", ".결과.xml"])
  }

  @Test("10,000 files are laid out once, drawn in no time, and the times are printed")
  func large() {
    let files = (0..<10_000).map {
      StoredFile(path: "module-\($0 % 40)/보고서/TEST-\($0).xml", size: $0)
    }
    let driver = Driver(columns: 200, rows: 60).openFiles(Fixture.logsContainer, nil)
    let clock = ContinuousClock()
    let listing = clock.measure {
      driver.send(.files(Fixture.logsContainer, .listed(files)))
    }
    #expect(driver.files?.list.rows.count == 40, "so many are folded at first")
    let opening = clock.measure { driver.press("Z") }
    #expect(driver.files?.list.rows.count == 10_080)
    var rows = 0
    let drawing = clock.measure { rows = driver.frame.lines.count }
    let moving = clock.measure { driver.press("down", "down", "down", "down") }
    print(
      "10,000 files: listed in \(listing), opened in \(opening), drawn in \(drawing), four keys in \(moving)"
    )
    #expect(rows == 60)
    driver.press("G").expect("the end is reached") { _ in
      driver.files?.list.selectedIndex == 10_079
    }
  }
}
