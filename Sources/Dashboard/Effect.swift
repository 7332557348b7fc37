package import Deploys

/// Something that the outside is asked to do, as plain data.
package enum Effect: Sendable, Hashable {
  /// Ask every source now.
  case refreshNow
  /// Open a page in the operator's browser.
  case openInBrowser(String)
  /// Put a text on the operator's clipboard.
  case copy(String)
  /// Read what a run's workflow asks for; answered by ``Message/dispatchFormLoaded(_:_:)``.
  case loadDispatchForm(RunKey)
  /// Dispatch a workflow once; answered by ``Message/dispatchFinished(_:_:)``.
  case dispatch(DispatchRequest)
  /// Retry a run once; answered by ``Message/retryFinished(_:_:)``.
  case retry(RetryRequest)
  /// Hand the terminal back to the shell until it continues the program.
  case suspend
  /// End the program.
  case quit
}
