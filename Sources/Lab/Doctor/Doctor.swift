import WeirFormats
import WeirKernel

/// The proof that this machine gives the results that every other one gives, and can keep them.
public struct Doctor: Sendable {
  /// The threads of the study that is made on several.
  public let jobs: Int
  /// The folder in which results would be written; made when it is not there.
  public let folder: String

  /// Creates a doctor.
  public init(jobs: Int, folder: String) {
    self.jobs = jobs
    self.folder = folder
  }

  /// Makes all checks in turn, each handed to `body` when it is made.
  public func examine(_ body: (DoctorFinding) -> Void) {
    body(Self.philox)
    body(Self.functions)
    body(Self.samples)
    body(Self.statistics)
    body(study)
    for finding in files { body(finding) }
    body(Self.gunzip())
  }

  // MARK: Numbers

  /// The known answers of Philox 4x32-10.
  ///
  /// Source: `kat_vectors` of Random123 1.14.
  private static let knownAnswers: [(key: UInt64, counter: [UInt64], block: [UInt64])] = [
    (0, [0, 0], [0xE169_C58D_6627_E8D5, 0x9B00_DBD8_BC57_AC4C]),
    (
      .max, [.max, .max], [0x41C8_3B0E_408F_276D, 0x6D54_51FD_A20B_C7C6]
    ),
    (
      0x299F_31D0_A409_3822, [0x85A3_08D3_243F_6A88, 0x0370_7344_1319_8A2E],
      [0x94FD_CCEB_D16C_FE09, 0x2412_6EA1_5001_E420]
    ),
  ]

  static var philox: DoctorFinding {
    let right = knownAnswers.count { answer in
      let block = Philox.block(key: answer.key, counter: answer.counter[0], answer.counter[1])
      return [block.low, block.high] == answer.block
    }
    return DoctorFinding(
      name: "random numbers", verdict: right == knownAnswers.count ? .good : .broken,
      text: "\(right) of \(knownAnswers.count) known answers of Philox 4x32-10")
  }

  /// Functions without the C library, on arguments spread over their ranges.
  static var functions: DoctorFinding {
    var values: [Double] = []
    for step in 0..<2000 {
      let share = (Double(step) + 0.5) / 2000
      values.append(DeterministicMath.log(share * 1e6))
      values.append(DeterministicMath.exp(share * 60 - 30))
      values.append(DeterministicMath.pow(share * 9 + 0.1, share * 7 - 3))
      values.append(DeterministicMath.sqrt(share * 1e9))
      values.append(DeterministicMath.logGamma(share * 40 + 0.05))
      values.append(DeterministicMath.normalTail(share * 12 - 6))
    }
    return finding(
      "functions", values,
      expected: "e59ab8af009c4d042a6fac1c9e8f11e265b8c8b69a60141c8eb0ba9642ffba60")
  }

  /// Samples of laws that take different ways to them.
  static var samples: DoctorFinding {
    var values: [Double] = []
    let root = SampleKey(seed: 20_261_122)
    for number in 0..<2000 as Range<UInt64> {
      var samples = root.child(number).samples(Purpose(rawValue: 1))
      values.append(samples.uniform())
      values.append(samples.exponential())
      values.append(samples.normal())
      values.append(Double(samples.below(1_000_003)))
    }
    return finding(
      "samples", values,
      expected: "b5a9564337400d94c207a2025a0eeeee97035874281d9c123c8e92bde609c7ca")
  }

  /// What comparisons are made of.
  static var statistics: DoctorFinding {
    var values: [Double] = []
    for degrees in 1...40 {
      let law = StudentT(degreesOfFreedom: Double(degrees))
      for tail in [0.0005, 0.025, 0.3] { values.append(law.upperQuantile(tail)) }
      for point in [0.3, 1.7, 11] { values.append(law.twoSided(point)) }
    }
    return finding(
      "statistics", values,
      expected: "1b3c981f1c76a58c2c97963f4cafd424c368da07041e9981a3ae9175e7e7ce32")
  }

  private static func finding(
    _ name: String, _ values: [Double], expected: String
  ) -> DoctorFinding {
    let digest = digest(of: values)
    let isRight = digest == expected
    let count = NumberText.grouped(Int64(values.count))
    return DoctorFinding(
      name: name, verdict: isRight ? .good : .broken,
      text: isRight
        ? "\(count) values have the bits that they have elsewhere"
        : "\(count) values have other bits than elsewhere: digest \(digest), not \(expected)")
  }

  /// The SHA-256 digest of the bits of numbers, lowest byte first.
  static func digest(of values: [Double]) -> String {
    var digest = SHA256()
    for value in values {
      let bits = value.bitPattern
      digest.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) })
    }
    return digest.hexadecimalDigest()
  }
}
