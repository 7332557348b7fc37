import Canvas

@testable import TerminalIO

/// A terminal that follows a script: each wait takes the next scene, or lets time pass.
final class Stage {
  /// What happens during one wait.
  struct Scene {
    var input: [InputToken] = []
    var signals: [TerminalSignal] = []
    /// Signals that come while what arrived is being told.
    var lateSignals: [TerminalSignal] = []
    var size: Size?
    var isHungUp = false
    /// How much time passes at most; the rest of the wait is spent when nothing happens.
    var after = Duration.zero
    /// What else happens meanwhile.
    var action: () -> Void = {}
  }

  var scenes: [Scene]
  var now = ContinuousClock.now
  var size = Size(columns: 80, rows: 24)
  var log: [String] = []
  var frames: [Frame] = []
  var frameTimes: [ContinuousClock.Instant] = []
  var pending = Scene()
  var waits: [Duration?] = []

  init(_ scenes: [Scene]) { self.scenes = scenes.reversed() }
}

/// The device of a stage.
struct ScriptedDevice: TerminalDevice, ~Copyable {
  let stage: Stage

  var now: ContinuousClock.Instant { stage.now }

  mutating func wait(atMost timeout: Duration?) -> Wakeup {
    stage.waits.append(timeout)
    guard var scene = stage.scenes.popLast() else {
      // The script is over: a loop that goes on would wait for ever.
      return Wakeup(isHungUp: true)
    }
    if let timeout, timeout < scene.after {
      stage.now += timeout
      scene.after -= timeout
      stage.scenes.append(scene)
      stage.pending = Stage.Scene()
      return Wakeup()
    }
    stage.now += scene.after
    stage.pending = scene
    scene.action()
    if let size = scene.size { stage.size = size }
    return Wakeup(hasInput: !scene.input.isEmpty, isHungUp: scene.isHungUp)
  }

  mutating func takeSignals() -> [TerminalSignal] {
    defer {
      stage.pending.signals = stage.pending.lateSignals
      stage.pending.lateSignals = []
    }
    return stage.pending.signals
  }

  mutating func readInput() -> [InputToken] { stage.pending.input }

  mutating func measure() -> Size { stage.size }

  mutating func present(_ frame: Frame) {
    stage.log.append("frame \(frame.size.columns)x\(frame.size.rows)")
    stage.frames.append(frame)
    stage.frameTimes.append(stage.now)
  }

  mutating func invalidate() { stage.log.append("invalidate") }

  mutating func suspendProcess() { stage.log.append("stopped") }

  mutating func reclaim() { stage.log.append("reclaim") }

  mutating func lend(to work: () -> Void) {
    stage.log.append("lent")
    work()
    stage.log.append("returned")
  }
}
