extension Int {
  /// A number of bytes for people, in the largest unit that leaves at least 1: such as `812 B`,
  /// `9.7 KiB` or `1 GiB`.
  package var byteText: String {
    guard self >= 1024 else { return "\(self) B" }
    let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    // Tenths, rounded; a value that rounds up to the next unit is told in it.
    var tenths = (Double(self) / 102.4).rounded()
    var unit = 0
    while tenths >= 10_235, unit < units.count - 1 {
      tenths = (tenths / 1024).rounded()
      unit += 1
    }
    // From 100 on, tenths say nothing that anybody needs.
    guard tenths < 1000 else { return "\(Int((tenths / 10).rounded())) \(units[unit])" }
    let (whole, rest) = Int(tenths).quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(whole) \(units[unit])" : "\(whole).\(rest) \(units[unit])"
  }
}
