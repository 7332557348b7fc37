import GitHub
import Synchronization

/// The login of the token's user, asked for once.
final class Viewer: Sendable {
  private enum Answer: Sendable {
    case notAsked
    case login(String)
    case nobody
  }

  private let answer = Mutex(Answer.notAsked)

  /// The login; `nil` where the token names nobody, or where that cannot be told now.
  func login(from github: GitHubClient) async -> String? {
    switch answer.withLock({ $0 }) {
    case .login(let login): return login
    case .nobody: return nil
    case .notAsked: break
    }
    do {
      let login = try await github.viewer()
      answer.withLock { $0 = .login(login) }
      return login
    } catch GitHubError.forbidden, GitHubError.notFound {
      // An app's token has no login; then nobody can tell its runs from other people's.
      answer.withLock { $0 = .nobody }
      return nil
    } catch {
      return nil
    }
  }
}
