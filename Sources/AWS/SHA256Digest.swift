import Crypto
import Foundation

/// The SHA-256 digest of bytes that come in pieces.
package struct SHA256Digest: Sendable {
  private var hash = SHA256()

  /// Creates the digest of nothing.
  package init() {}

  /// Takes the next bytes in.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    hash.update(bufferPointer: bytes)
  }

  /// The digest of everything so far, as 64 digits in lower case.
  package func hexText() -> String { Data(hash.finalize()).hexadecimal }
}
