package import Deploys
package import LogText

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
  /// Read something about an attempt of a run; answered by ``Message/inspected(_:attempt:_:_:)``.
  case inspect(RunKey, attempt: Int, InspectionQuestion)
  /// Bring a text here and keep it growing until it is closed; answered by
  /// ``Message/log(_:_:)``, again and again.
  case openLog(LogSource)
  /// Nobody looks at a text any more: stop bringing it and forget it.
  case closeLog(LogSource)
  /// Do some work on a text that is open; answered by ``LogNews/worked(_:_:)``. Work of the same
  /// kind on the same text that is still under way is given up.
  case workOnLog(LogSource, LogWork)
  /// Show a text that is open in a program of the operator's, which takes the terminal meanwhile.
  case lendLog(LogSource, to: TextProgram)
  /// List what a container holds, bringing it here first where that is needed; answered by
  /// ``Message/files(_:_:)``.
  case listFiles(FileContainer)
  /// Nobody looks at a container any more: forget what was brought of it.
  case closeFiles(FileContainer)
  /// Write something to a file; answered by ``Message/saved(_:_:)``.
  case save(SaveRequest)
  /// Stop writing; what has come is kept for going on later.
  case cancelSave(SaveRequest)
  /// Hand the terminal back to the shell until it continues the program.
  case suspend
  /// End the program.
  case quit
}
