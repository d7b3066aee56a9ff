/// The one of `names` that `name` was probably meant to be, or `nil` when none is near.
///
/// Near is within a third of the longer length in edits (insertion, deletion, replacement,
/// transposition of neighbours), at least one and at most three; case alone always is. The first
/// of equally near names wins. Source of the distance: Damerau 1964, Levenshtein 1966, in the
/// variant of optimal string alignment.
public func nearestName(_ name: String, in names: some Sequence<String>) -> String? {
  let wanted = Array(name.unicodeScalars.map(folded))
  var best: (name: String, distance: Int)?
  for candidate in names where candidate != name {
    let scalars = Array(candidate.unicodeScalars.map(folded))
    let allowed = min(3, max(1, max(wanted.count, scalars.count) / 3))
    guard abs(scalars.count - wanted.count) <= allowed else { continue }
    let distance = editDistance(wanted, scalars)
    guard distance <= allowed, distance < max(wanted.count, scalars.count) else { continue }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// The scalar in lower case where that is one scalar.
private func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  if scalar.isASCII {
    return ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
  }
  let lower = scalar.properties.lowercaseMapping.unicodeScalars
  return lower.count == 1 ? lower.first ?? scalar : scalar
}

/// The least number of edits between two texts; three rows of the table are kept.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [Int](repeating: i + 1, count: right.count + 1)
    for j in right.indices {
      let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
      var least = min(replaced, last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        least = min(least, beforeLast[j - 1] + 1)
      }
      row[j + 1] = least
    }
    beforeLast = last
    last = row
  }
  return last[right.count]
}
