package import Canvas
import Deploys
package import Foundation

extension Model {
  /// Creates the model of a program that shows one file of this machine and nothing else.
  /// - Parameters:
  ///   - path: The file.
  ///   - saveFolder: The folder that is proposed for files to save.
  ///   - glyphs: The signs to draw with.
  ///   - now: The time.
  /// - Returns: The model, and what to ask of the outside at the start.
  package static func viewer(
    of path: String, saveFolder: String, glyphs: GlyphSet, now: Date
  ) -> (model: Model, effects: [Effect]) {
    var model = Model(
      snapshot: .empty([], at: now), context: path, saveFolder: saveFolder, glyphs: glyphs,
      now: now)
    model.isViewer = true
    let effects = model.openPager(.local(path))
    return (model, effects)
  }
}
