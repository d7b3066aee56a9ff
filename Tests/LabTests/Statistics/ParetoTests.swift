import Testing
import WeirLab

@Suite struct ParetoTests {
  struct Case: Decodable, Sendable {
    let points: [[Double]]
    let front: [Int]
  }

  static let cases = vectors("pareto", as: Case.self)

  @Test("the front holds what nothing dominates, duplicates included", arguments: cases)
  func front(_ expected: Case) {
    let least = Array(repeating: Direction.lowerIsBetter, count: expected.points[0].count)
    #expect(Pareto.front(expected.points, directions: least) == expected.front)
    let negated = expected.points.map { $0.map { -$0 } }
    let greatest = Array(repeating: Direction.higherIsBetter, count: expected.points[0].count)
    #expect(Pareto.front(negated, directions: greatest) == expected.front)
  }

  @Test("there are two sets of points") func caseCount() { #expect(Self.cases.count == 2) }

  @Test("objectives may point different ways")
  func mixed() {
    let points = [[1.0, 9], [2, 9], [1, 10], [3, 1]]
    #expect(Pareto.front(points, directions: [.lowerIsBetter, .higherIsBetter]) == [2])
  }

  @Test("no point, no front") func empty() {
    #expect(Pareto.front([], directions: [.lowerIsBetter]) == [])
  }

  /// Policies whose replications are the given points, each moved by as much in every objective.
  static func objectives(
    _ points: [[Double]], noise: [Double], _ better: Direction = .lowerIsBetter
  ) -> [PairwiseVerdicts] {
    points[0].indices.map { axis in
      PairwiseVerdicts(
        points.map { point in noise.map { point[axis] + $0 } }, baseline: 0, better: better)
    }
  }

  @Test(
    "by paired tests the front is the same, however much the worlds differ in what they share",
    arguments: cases)
  func intervals(_ expected: Case) {
    // Common noise cancels within pairs, so that every difference is certain.
    for noise in [[0.0, 0, 0], [0, 512, -1024]] {
      let policies = expected.points.count
      let dominated = Pareto.dominated(
        Self.objectives(expected.points, noise: noise), policies: policies)
      #expect(dominated.indices.filter { !dominated[$0] } == expected.front)
      let negated = expected.points.map { $0.map { -$0 } }
      let greatest = Pareto.dominated(
        Self.objectives(negated, noise: noise, .higherIsBetter), policies: policies)
      #expect(greatest == dominated)
    }
  }

  /// Differences of five pairs, and whether the 95 % interval of their mean lies above 0: t of 4
  /// degrees of freedom at 0.975 is 2.776445 (`scipy.stats.t.ppf`).
  static let decisions: [(differences: [Double], isSure: Bool)] = [
    // 3 ± 2.776445 · 1.581139 / √5 = 3 ± 1.963243.
    ([1, 2, 3, 4, 5], true),
    // 2.6 ± 2.776445 · 2.302173 / √5 = 2.6 ± 2.858523.
    ([-1, 2, 3, 4, 5], false),
    // 1 ± 2.776445 · 0.804800 / √5 = 1 ± 0.999291.
    ([1 - 1.0180, 0.4910, 1, 1.5090, 2.0180], true),
  ]

  @Test("a lead that the replications cannot tell from none dominates nobody", arguments: 0..<3)
  func unsure(_ index: Int) {
    let (differences, isSure) = Self.decisions[index]
    let worlds = [100.0, 90, 120, 80, 110]
    let objectives = [
      PairwiseVerdicts(
        [worlds, zip(worlds, differences).map { $0 + $1 }], baseline: 0, better: .lowerIsBetter),
      PairwiseVerdicts([worlds, worlds], baseline: 0, better: .higherIsBetter),
    ]
    #expect(Pareto.dominated(objectives, policies: 2) == [false, isSure])
    // A sure loss elsewhere protects, and without a sure lead is itself what decides.
    let lost = PairwiseVerdicts(
      [worlds, worlds.map { $0 + 1 }], baseline: 0, better: .higherIsBetter)
    #expect(Pareto.dominated(objectives + [lost], policies: 2) == [!isSure, false])
  }

  @Test(
    "a policy is dominated when another is surely better on one axis and not worse on the other")
  func dominance() {
    let good: [Double?] = [1.0, 1.1, 0.9, 1.05]
    let same: [Double?] = [1.3, 0.8, 1.2, 0.75]
    let bad: [Double?] = [5.0, 5.1, 4.9, 5.05]
    func dominated(_ x: [[Double?]], _ y: [[Double?]]) -> [Bool] {
      Pareto.dominated(
        [
          PairwiseVerdicts(x, baseline: 0, better: .lowerIsBetter),
          PairwiseVerdicts(y, baseline: 0, better: .higherIsBetter),
        ], policies: 2)
    }
    #expect(dominated([good, bad], [bad, good]) == [false, true])
    #expect(dominated([good, bad], [good, bad]) == [false, false])
    #expect(dominated([good, same], [good, same]) == [false, false], "intervals cannot tell")
    #expect(dominated([good, bad], [good, same]) == [false, true])
    #expect(dominated([good, [nil, 1, 1, 1]], [good, bad]) == [false, false], "no value")
    #expect(
      dominated([[1], [2]], [[1], [1]]) == [false, false], "one replication proves nothing")
  }

  @Test("a policy without a value somewhere neither dominates nor is dominated")
  func undefined() {
    let objective = PairwiseVerdicts(
      [[1, 2], [3, nil], [5, 6], [0, nil]], baseline: 0, better: .lowerIsBetter)
    #expect(Pareto.dominated([objective], policies: 4) == [false, false, true, false])
    #expect(Pareto.dominated([], policies: 0) == [])
  }
}
