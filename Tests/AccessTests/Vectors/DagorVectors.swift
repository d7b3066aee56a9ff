import Testing
import WeirFormats
import WeirKernel
import WeirVectors

@testable import WeirAccess

@Suite struct DagorVectors {
  @Test("the level moves as the reference says, the trap of one coarse priority included")
  func levels() throws {
    let run = VectorRun("derived_dagor")
    run.each(try VectorFile("dagor").groups[0]) { vector in
      let gate = DagorShedding(
        down: vector.given.ratio("alpha") ?? .zero, up: vector.given.ratio("beta") ?? .zero,
        keepsFirst: false)
      return { step in
        let isOverloaded = step.flag("overload") ?? false
        let admitted = step.units("admitted")
        var arrivals = [Int32](repeating: 0, count: 64 * DagorShedding.users)
        for entry in (step["hist"]?.elements ?? []).map(\.integers) {
          arrivals[Self.priority(entry)] = Int32(entry[2])
        }
        let room = gate.expected(
          admitted: admitted, of: step.units("n"), isOverloaded: isOverloaded)
        // Whole requests: what the reference expects, rounded down.
        run.compare("expected", room, step.double("expected").map { Int64($0) })
        let level = gate.nextLevel(arrivals, admitted: admitted, isOverloaded: isOverloaded)
        let expected = Self.priority(step.integers("level"))
        // The reference writes (0, 0) for a level at which nobody passes.
        run.compare("level", max(0, level), expected)
      }
    }
    run.finish(cases: 2, steps: 9)
  }

  private static func priority(_ pair: [Int64]) -> Int {
    Int(pair[0]) * DagorShedding.users + Int(pair[1])
  }
}
