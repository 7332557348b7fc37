import Testing
@testable import LogText
