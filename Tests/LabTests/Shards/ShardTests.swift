import Testing

@testable import WeirLab

@Suite struct ShardTests {
  @Test("a part is read as it is written")
  func text() {
    for text in ["0/1", "3/20", "99/100", "0/1000000"] {
      #expect(Shard(parsing: text)?.description == text)
    }
  }

  @Test(
    "what is not a part is none",
    arguments: [
      "", "3", "3/", "/3", "3/3", "4/3", "-1/3", "+1/3", "1/0", "0/0", "1/2/3", "a/3", "1/b",
      " 1/3",
      "1 /3", "0/1000001", "0/99999999999999999999", "1.0/3",
    ])
  func noShard(_ text: String) { #expect(Shard(parsing: text) == nil) }

  @Test("the parts of a study are all of its runs, each once", arguments: [1, 2, 3, 7, 100])
  func partition(_ count: Int) {
    let runs = (0..<count).map { Shard(index: $0, count: count).runs(of: 60) }
    #expect(runs.flatMap { $0 }.sorted() == Array(0..<60))
    let sizes = runs.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }
}
