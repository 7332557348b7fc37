package import Foundation

extension Duration {
  /// The time from one moment to another; never negative, for clocks differ.
  package init(from start: Date, to end: Date) {
    self = .milliseconds(Int64((max(0, end.timeIntervalSince(start)) * 1000).rounded()))
  }

  /// A duration of whole minutes.
  package static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }

  /// The two largest units, such as `47s`, `3m12s`, `1h04m` or `2d03h`.
  package var shortText: String {
    func pad(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let seconds = max(0, components.seconds)
    return switch seconds {
    case ..<60: "\(seconds)s"
    case ..<3600: "\(seconds / 60)m\(pad(seconds % 60))s"
    case ..<86_400: "\(seconds / 3600)h\(pad(seconds % 3600 / 60))m"
    default: "\(seconds / 86_400)d\(pad(seconds % 86_400 / 3600))h"
    }
  }

  /// The largest unit alone, such as `47s`, `3m`, `1h` or `2d`, for texts that should stand still.
  package var coarseText: String {
    let seconds = max(0, components.seconds)
    return switch seconds {
    case ..<60: "\(seconds)s"
    case ..<3600: "\(seconds / 60)m"
    case ..<86_400: "\(seconds / 3600)h"
    default: "\(seconds / 86_400)d"
    }
  }
}
