import Canvas
import Testing

@testable import Dashboard

@Suite("The table of commands")
struct CommandTableTests {
  @Test("No key gives two commands in one focus", arguments: Focus.allCases)
  func noDuplicates(focus: Focus) {
    var owners: [Key: Command] = [:]
    for command in Command.allCases {
      for key in command.keys(in: focus) {
        if let owner = owners[key] {
          Issue.record("\(key) gives \(owner) and \(command) in \(focus)")
        }
        owners[key] = command
        #expect(KeyMap.standard.command(for: key, in: focus) == command)
      }
    }
    #expect(!owners.isEmpty)
  }

  @Test("Every command has keys, a title and a sentence", arguments: Command.allCases)
  func complete(command: Command) {
    let entry = command.entry
    #expect(!entry.bindings.isEmpty)
    #expect(entry.bindings.allSatisfy { !$0.keys.isEmpty && !$0.focuses.isEmpty })
    #expect(!entry.title.isEmpty && entry.title.count <= 14)
    #expect(entry.summary.hasSuffix(".") && entry.summary.first?.isUppercase == true)
  }

  @Test("No key that writes gives a command where text is typed")
  func typingIsFree() {
    for focus in Focus.allCases where focus.takesText {
      for command in Command.allCases {
        #expect(command.keys(in: focus).allSatisfy { $0.typed == nil }, "\(command) in \(focus)")
      }
    }
  }

  @Test("ctrl-c ends the program and ctrl-z stops it wherever one is", arguments: Focus.allCases)
  func everywhere(focus: Focus) {
    #expect(KeyMap.standard.command(for: "ctrl-c", in: focus) == .interrupt)
    #expect(KeyMap.standard.command(for: "ctrl-z", in: focus) == .suspend)
  }

  @Test("ctrl-r changes nothing in the world")
  func controlR() {
    for focus in Focus.allCases {
      let command = KeyMap.standard.command(for: "ctrl-r", in: focus)
      #expect(command == nil || command == .refresh)
    }
  }

  @Test("Escape never ends the program", arguments: Focus.allCases)
  func escape(focus: Focus) {
    let command = KeyMap.standard.command(for: "escape", in: focus)
    #expect(command == (focus == .small ? nil : .back))
  }

  @Test("The reference names every command and every focus")
  func reference() {
    let text = KeyReference.markdown()
    for focus in Focus.allCases { #expect(text.contains("## \(focus.title)\n")) }
    for command in Command.allCases { #expect(text.contains(command.entry.summary)) }
    #expect(text.contains("| `R`, `f5`, `ctrl-r` | Ask GitHub and AWS now. |"))
    #expect(text.contains("| `0-9` |"))
    #expect(text.hasSuffix("|\n"))
  }

  @Test("Help shows every key of the board, and why one does not work now")
  func help() {
    let driver = Driver(columns: 120, rows: 100).press("?")
    for command in Command.allCases where !command.keys(in: .board).isEmpty {
      let words = command.entry.summary.split(separator: " ").prefix(4).joined(separator: " ")
      driver.expectScreen(words)
    }
    driver.expectScreen("Not now: nothing was looked for yet")
  }
}
