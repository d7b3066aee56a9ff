import Testing
import WeirFormats

/// A small generator with a fixed seed (SplitMix64, Steele, Lea and Flood 2014).
struct FixedSeed: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// Inputs that nobody writes: each must end in a value or in issues, with valid positions.
@Suite struct JSONFuzzTests {
  private func read(_ bytes: [UInt8]) -> Bool {
    let source = SourceFile(name: "fuzz.json", bytes: bytes)
    let (node, issues) = JSONNode.parse(source)
    let all = issues + (node.map { SampleScenario.read(from: $0).issues } ?? [])
    #expect(node != nil || !issues.isEmpty)
    for issue in all {
      #expect(issue.position.map { (0...bytes.count).contains($0.offset) } ?? true)
      #expect(!IssueRenderer.text(issue).isEmpty)
    }
    return all.isEmpty
  }

  @Test("a document that ends early is refused wherever it ends")
  func truncations() {
    let bytes = Array(sampleText.utf8)
    let whole = bytes.count - 1
    for count in stride(from: 0, to: whole, by: 3) {
      #expect(!read(Array(bytes[..<count])), "\(count)")
    }
    #expect(read(Array(bytes[..<whole])))
  }

  @Test("random bytes are refused or read, never more", arguments: 1...3 as ClosedRange<UInt64>)
  func randomBytes(seed: UInt64) {
    var random = FixedSeed(state: seed)
    for _ in 0..<200 {
      let count = Int.random(in: 0...40, using: &random)
      _ = read((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    let alphabet = Array("{}[]\":,-+.eE019 tfnul\\ux\n\"\"".utf8)
    for _ in 0..<500 {
      let count = Int.random(in: 0...30, using: &random)
      _ = read((0..<count).compactMap { _ in alphabet.randomElement(using: &random) })
    }
  }

  @Test("a document with changed bytes is refused or read", arguments: 4...5 as ClosedRange<UInt64>)
  func changedBytes(seed: UInt64) {
    var random = FixedSeed(state: seed)
    let original = Array(sampleText.utf8)
    for _ in 0..<150 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes.randomElement(using: &random) ?? 0, at: place)
        }
      }
      _ = read(bytes)
    }
  }
}
