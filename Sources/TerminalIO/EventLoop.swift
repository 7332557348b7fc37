import Canvas

/// The loop between a terminal and a program: waits, collects what came, tells the program, draws.
///
/// Everything that came during one wait is told before a frame is drawn, and frames keep their
/// distance, so neither a flood of keys nor a storm of resizes draws more than thirty a second.
struct EventLoop<Device: TerminalDevice & ~Copyable, State: Sendable, Message: Sendable>: ~Copyable
{
  private var device: Device
  private var state: State
  private let mailbox: Mailbox<Message>
  private let handlers: LoopHandlers<State, Message>
  private var decoder = KeyDecoder()
  private var pacer = FramePacer()
  private var size = Size.zero
  private var lastTick: ContinuousClock.Instant
  private var end: LoopEnd?

  /// Makes a loop that owns its terminal.
  init(
    device: consuming Device, state: State, mailbox: Mailbox<Message>,
    handlers: LoopHandlers<State, Message>
  ) {
    lastTick = device.now
    self.device = device
    self.state = state
    self.mailbox = mailbox
    self.handlers = handlers
  }

  /// Runs until something ends it.
  mutating func run() -> LoopEnd {
    size = device.measure()
    tell(.resized(size))
    while end == nil {
      let wakeup = device.wait(atMost: mailbox.isQuiet ? timeout() : .zero)
      answerSignals()
      if end == nil, wakeup.hasInput { readKeys() }
      if end == nil, wakeup.isHungUp { end = .hangup }
      if end == nil { readMail() }
      if end == nil { tickIfDue() }
      if end == nil, pacer.takeTurn(at: device.now) { device.present(handlers.view(state, size)) }
    }
    return end ?? .quit
  }

  /// How long nothing has to be done unless something comes.
  private func timeout() -> Duration? {
    let now = device.now
    let tick = handlers.tickInterval(state).map { max(.zero, now.duration(to: lastTick + $0)) }
    return [pacer.delay(at: now), tick].compactMap(\.self).min()
  }

  /// The most keys told at once: however many came, signals are answered in between.
  private static var keyLimit: Int { 256 }
  /// The most messages told at once, for the same reason.
  private static var messageLimit: Int { 16 }

  private mutating func answerSignals() {
    for signal in device.takeSignals() where end == nil {
      switch signal {
      case .end(let number):
        end = .signal(number)
      case .resize:
        resize()
      case .suspend:
        device.suspendProcess()
        comeBack()
      case .resume:
        device.reclaim()
        comeBack()
      }
    }
  }

  private mutating func readKeys() {
    var keys: [Key] = []
    for input in decoder.decode(device.readInput()) {
      switch input {
      case .key(let key):
        keys.append(key)
        if keys.count == Self.keyLimit { tellKeys(&keys) }
      case .paste(let text):
        tellKeys(&keys)
        tell(.pasted(text))
        answerSignals()
      }
    }
    tellKeys(&keys)
  }

  private mutating func tellKeys(_ keys: inout [Key]) {
    guard !keys.isEmpty else { return }
    tell(.keys(keys))
    keys = []
    answerSignals()
  }

  private mutating func readMail() {
    var messages = mailbox.take()[...]
    while end == nil, !messages.isEmpty {
      tell(.messages(Array(messages.prefix(Self.messageLimit))))
      messages = messages.dropFirst(Self.messageLimit)
      answerSignals()
    }
    if end == nil, mailbox.isFinished { end = .finished }
  }

  private mutating func tickIfDue() {
    guard let interval = handlers.tickInterval(state) else { return }
    let now = device.now
    guard lastTick + interval <= now else { return }
    // Keeps the beat, unless it was missed by more than one.
    lastTick = lastTick + interval + interval > now ? lastTick + interval : now
    tell(.tick)
  }

  private mutating func resize() {
    let measured = device.measure()
    device.invalidate()
    pacer.invalidate()
    guard measured != size else { return }
    size = measured
    tell(.resized(size))
  }

  private mutating func comeBack() {
    resize()
    tell(.resumed)
    pacer.invalidate()
  }

  private mutating func tell(_ event: LoopEvent<Message>) {
    guard end == nil else { return }
    switch handlers.handle(&state, event) {
    case .proceed:
      pacer.invalidate()
    case .unchanged:
      break
    case .quit:
      end = .quit
    case .suspend:
      device.suspendProcess()
      comeBack()
    case .lend(let work):
      device.lend(to: work)
      comeBack()
    }
  }
}
