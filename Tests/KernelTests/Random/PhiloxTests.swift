import Foundation
import Testing
import WeirKernel

@Suite struct PhiloxTests {
  /// `kat_vectors` of Random123 1.14 for philox4x32-10.
  @Test(
    "the published known answers",
    arguments: [
      (
        0x0, 0x0, 0x0,
        0xe169_c58d_6627_e8d5, 0x9b00_dbd8_bc57_ac4c
      ),
      (
        UInt64.max, UInt64.max, UInt64.max,
        0x41c8_3b0e_408f_276d, 0x6d54_51fd_a20b_c7c6
      ),
      (
        0x299f_31d0_a409_3822, 0x85a3_08d3_243f_6a88, 0x0370_7344_1319_8a2e,
        0x94fd_cceb_d16c_fe09, 0x2412_6ea1_5001_e420
      ),
    ] as [(UInt64, UInt64, UInt64, UInt64, UInt64)])
  func knownAnswers(key: UInt64, low: UInt64, high: UInt64, first: UInt64, second: UInt64) {
    let block = Philox.block(key: key, counter: low, high)
    #expect(block.low == first)
    #expect(block.high == second)
  }

  @Test("the blocks that Tests/Peers/philox_numpy.py checks against another implementation")
  func fixture() throws {
    let url = try #require(
      Bundle.module.url(forResource: "philox", withExtension: "csv", subdirectory: "Fixtures"))
    let rows = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(rows.count == 256)
    for row in rows {
      let words = row.split(separator: ",").compactMap { UInt64($0, radix: 16) }
      try #require(words.count == 5)
      let block = Philox.block(key: words[0], counter: words[1], words[2])
      #expect(block == (words[3], words[4]), "\(row)")
    }
  }

  @Test("one bit of the key or the counter changes about half of all bits")
  func avalanche() {
    let base = Philox.block(key: 1, counter: 2, 3)
    for bit in 0..<64 {
      for changed in [
        Philox.block(key: 1 ^ 1 << bit, counter: 2, 3),
        Philox.block(key: 1, counter: 2 ^ 1 << bit, 3),
        Philox.block(key: 1, counter: 2, 3 ^ 1 << bit),
      ] {
        let differing =
          (changed.low ^ base.low).nonzeroBitCount + (changed.high ^ base.high).nonzeroBitCount
        // Six standard deviations of a binomial count of 128 fair bits.
        #expect((64 - 34...64 + 34).contains(differing), "bit \(bit)")
      }
    }
  }
}
