/// An element of a listing that may be broken without breaking the listing.
struct Lenient<Value: Decodable>: Decodable {
  /// The element; `nil` where it could not be read.
  var value: Value?

  init(from decoder: any Decoder) {
    value = try? Value(from: decoder)
  }
}
