import Dashboard
import Foundation

/// The operator's clipboard, through the terminal.
enum Clipboard {
  /// Writes OSC 52, by which a terminal takes a text to its clipboard, also over ssh.
  /// - Returns: What to say about it.
  static func copy(_ text: String) -> Notice {
    let sequence = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
    do {
      let terminal = try FileHandle(forWritingTo: URL(filePath: "/dev/tty"))
      try terminal.write(contentsOf: Data(sequence.utf8))
      try terminal.close()
      return Notice("copied \(text)", .success)
    } catch {
      return Notice("cannot copy: \(text)", .warning)
    }
  }
}
