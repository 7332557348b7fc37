import Canvas
import Deploys

/// Draws what is done to one run, from the choice to its end.
struct ActView {
  var model: Model
  var dialog: ActDialog

  var sheet: Sheet {
    var sheet = Sheet(title: "\(dialog.kind.title) \(dialog.target.name)", screen: model.size)
    switch dialog.stage {
    case .preparing(.loading):
      sheet.body = [
        Sheet.Line("\(model.glyphs.spinner(at: model.step)) asking GitHub what holds it back")
      ]
    case .preparing(.choosing):
      if let form = dialog.review {
        ReviewView(model: model, target: dialog.target, form: form).fill(&sheet)
      } else {
        fillChoice(&sheet)
      }
      sheet.foot += changeLines(sheet.width)
      if sheet.isRoomy, dialog.focus != .message {
        sheet.foot += [Sheet.Line(), Sheet.Line("nothing is sent yet", .dim)]
      }
    case .confirming(let confirmation): fillQuestion(&sheet, confirmation)
    case .sending(let mutation):
      sheet.body = [
        Sheet.Line("\(model.glyphs.spinner(at: model.step)) \(Self.words(mutation))"),
        Sheet.Line("It is sent once; esc leaves it to itself.", .dim),
      ]
    case .ended(let ending):
      DialogParts.fill(&sheet, ending, glyphs: model.glyphs, returnsToForm: false)
    }
    sheet.shrink()
    return sheet
  }

  private static func words(_ mutation: Mutation) -> String {
    switch mutation {
    case .retry: "asking GitHub to run it again"
    case .cancel(let request):
      request.isForced ? "asking GitHub to end it by force" : "asking GitHub to cancel it"
    case .stopBuild: "asking AWS to stop the build"
    case .review(let request):
      "telling GitHub that it is \(request.isApproval ? "approved" : "rejected")"
    case .dispatch, .tag: mutation.name
    }
  }

  // MARK: - The choice

  private func fillChoice(_ sheet: inout Sheet) {
    let target = dialog.target
    let what = "\(target.workflowName) at \(target.ref), attempt \(target.attempt)"
    let words = TextWrap.lines(what, width: sheet.width)
    sheet.body = words.prefix(sheet.isRoomy ? words.count : 1).map { Sheet.Line($0, .dim) }
    if sheet.isRoomy { sheet.body.append(Sheet.Line()) }
    for option in dialog.options(in: model) {
      let isChosen = option.deed == dialog.deed
      let lines = ChoiceLines.option(
        option.name, option.whyNot ?? option.words, isChosen: isChosen,
        isOffered: option.isOffered, width: sheet.width)
      if isChosen { sheet.shown = sheet.body.count...(sheet.body.count + lines.count - 1) }
      sheet.body += lines
    }
    if dialog.kind == .retry { sheet.foot = [ChoiceLines.debug(dialog.isDebug)] }
  }

  private func changeLines(_ width: Int) -> [Sheet.Line] {
    dialog.change(in: model.snapshot).map { warning($0, width) } ?? []
  }

  private func warning(_ words: String, _ width: Int) -> [Sheet.Line] {
    TextWrap.lines("\(model.glyphs.attention) \(words)", width: width).map {
      Sheet.Line($0, .warning)
    }
  }

  // MARK: - The question

  private func fillQuestion(_ sheet: inout Sheet, _ confirmation: Confirmation) {
    guard let mutation = dialog.mutation else { return }
    sheet.title = "\(dialog.title) \(dialog.target.name)?"
    sheet.titleStyle = confirmation.isProtected ? Style.warning.bold : .title
    sheet.body =
      DialogParts.facts(facts(of: mutation), width: sheet.width)
      + DialogParts.sending(
        dialog.requests, commandLine: dialog.commandLine,
        copyKey: Command.form(.copyCommand).keys(in: dialog.focus).first?.description ?? "",
        width: sheet.width, glyphs: model.glyphs)
    DialogParts.ask(&sheet, confirmation, verb: dialog.verb)
    sheet.foot = cautionLines(mutation, sheet.width) + changeLines(sheet.width) + sheet.foot
  }

  private func facts(of mutation: Mutation) -> [(name: String, value: String)] {
    let target = dialog.target
    let place =
      "\(target.service) to \(target.environment)" + (target.isProtected ? ", protected" : "")
    var facts: [(name: String, value: String)] = [("deploys", place)]
    var run = "\(target.label) of \(target.workflowName)"
    var ref = target.ref
    switch mutation {
    case .retry(let request):
      facts.append(("jobs", RetryWays(deploy: dialog.deploy).words(request.scope)))
      if request.isDebug { facts.append(("debug logs", "on")) }
      ref += ", the same commit as before"
      run += ", as attempt \(target.attempt + 1)"
    case .cancel(let request):
      let newest = model.snapshot.deploy(target.id) ?? dialog.deploy
      facts.append(
        (
          request.isForced ? "force" : "cancel",
          request.isForced ? StopWays.forceWords : model.stopWays(of: newest).cancelWords
        ))
      facts.append(("state", newest.state.longWord))
    case .stopBuild(let request):
      let job = dialog.deploy.jobs.first { $0.build?.key == request.build }?.job.name
      facts.append(("build", request.build.id))
      facts.append(("job", "\(job ?? "unknown"), which is over and does not need it"))
    case .review(let request):
      facts.append(
        ("answer", request.isApproval ? "approved: its jobs go on" : "rejected: it ends"))
      facts.append(("on GitHub", request.targets.map(\.name).joined(separator: ", ")))
      facts.append(("comment", request.comment.isEmpty ? "none" : request.comment))
    case .dispatch, .tag: break
    }
    return facts + [
      ("ref", ref), ("run", run), ("repository", target.run.repository.description),
    ]
  }

  private func cautionLines(_ mutation: Mutation, _ width: Int) -> [Sheet.Line] {
    dialog.target.caution(in: model.snapshot, for: mutation).map { warning($0, width) } ?? []
  }
}
