import ArgumentParser
import Dispatch
import Foundation
import Synchronization

/// Keeps ctrl-c from ending the process between a request and its answer without a word.
///
/// The first one only says that the answer is waited for; the second one leaves, and says what is
/// not known.
struct Interruption {
  private final class Presses: Sendable {
    let count = Mutex(0)
  }

  private let source: any DispatchSourceSignal

  /// Begins.
  /// - Parameters:
  ///   - name: What is being sent, in words for a person.
  ///   - lastWord: What a program is told on standard output where somebody leaves.
  init(of name: String, lastWord: String?) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    let presses = Presses()
    source.setEventHandler { Self.take(name, lastWord, presses) }
    source.resume()
  }

  /// Gives ctrl-c back its usual meaning.
  func end() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }

  private static func take(_ name: String, _ lastWord: String?, _ presses: Presses) {
    let isFirst = presses.count.withLock { count in
      count += 1
      return count == 1
    }
    if isFirst {
      Console.complain(
        "the end of \(name) is waited for, so that it is known", remedy: "ctrl-c again leaves.")
    } else {
      Console.complain(
        "left before the end of \(name) was known: it may or may not have been done",
        remedy: "Look before you try again; `cdtop audit` keeps it in mind.")
      if let lastWord { Console.print(lastWord) }
      exit(Exit.unknown.rawValue)
    }
  }
}
