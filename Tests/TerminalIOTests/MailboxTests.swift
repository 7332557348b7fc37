import Synchronization
import Testing

@testable import TerminalIO

@Suite("Mailbox")
struct MailboxTests {
  /// Counts how often a mailbox woke its loop.
  private final class Bell: Sendable {
    private let count = Mutex(0)
    func ring() { count.withLock { $0 += 1 } }
    var rings: Int { count.withLock { $0 } }
  }

  @Test("wakes once for messages that nobody took yet, and gives them in order")
  func order() {
    let bell = Bell()
    let mailbox = Mailbox<Int>(wake: { bell.ring() })
    #expect(mailbox.isQuiet)
    for number in 1...5 { mailbox.post(number) }
    #expect(bell.rings == 1)
    #expect(!mailbox.isQuiet)
    #expect(mailbox.take() == [1, 2, 3, 4, 5])
    #expect(mailbox.take().isEmpty)
    mailbox.post(6)
    #expect(bell.rings == 2)
  }

  @Test("keeps nothing once it is finished")
  func finish() {
    let bell = Bell()
    let mailbox = Mailbox<Int>(wake: { bell.ring() })
    mailbox.post(1)
    mailbox.finish()
    mailbox.post(2)
    #expect(bell.rings == 2)
    #expect(mailbox.isFinished && !mailbox.isQuiet)
    #expect(mailbox.take() == [1])
  }

  @Test("loses nothing that many tasks post at once")
  func parallel() async {
    let mailbox = Mailbox<Int>(wake: {})
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask { for number in 0..<1_000 { mailbox.post(task * 1_000 + number) } }
      }
    }
    let taken = mailbox.take()
    #expect(Set(taken) == Set(0..<8_000))
    #expect(taken.filter { $0 < 1_000 } == Array(0..<1_000))
  }
}
