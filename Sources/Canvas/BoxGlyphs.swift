/// The lines of boxes, rules and trees.
///
/// The Unicode ones are all ambiguous by UAX 11; there are no narrow ones.
package struct BoxGlyphs: Sendable, Hashable {
  /// A line from left to right.
  package var horizontal: String
  /// A line from top to bottom.
  package var vertical: String
  /// The corner at the top left.
  package var topLeft: String
  /// The corner at the top right.
  package var topRight: String
  /// The corner at the bottom left.
  package var bottomLeft: String
  /// The corner at the bottom right.
  package var bottomRight: String
  /// A branch of a tree, with more to come below it.
  package var branch: String
  /// The last branch of a tree.
  package var lastBranch: String

  /// For terminals that speak UTF-8.
  package static let unicode = BoxGlyphs(
    horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘", branch: "├", lastBranch: "└")

  /// For all others.
  package static let ascii = BoxGlyphs(
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", branch: "|", lastBranch: "`")
}
