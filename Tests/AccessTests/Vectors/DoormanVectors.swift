import Testing
import WeirVectors

@testable import WeirAccess

@Suite struct DoormanVectors {
  @Test("capacity is shared out as youtube/doorman does, to all at once or as they come")
  func shares() throws {
    let run = VectorRun("doorman")
    run.each(try VectorFile("doorman").groups[0]) { vector in
      let given = vector.given
      let capacity = given.double("capacity") ?? 0
      guard let rule = Apportionment(rawValue: given.text("rule")) else {
        let reason = "STATIC: a limit for each, which other layers are"
        return { run.skip(reason, $0, "claimant", "wants", "weight", "gets") }
      }
      var claimants: [Apportionment.Claimant] = []
      if given.flag("preload") == true { claimants = vector.steps.map(Self.claimant) }
      var place = 0
      return { step in
        _ = step["claimant"]
        let claimant = Self.claimant(step)
        if given.flag("preload") == false { claimants.append(claimant) }
        let share = rule.share(of: place, among: claimants, capacity: capacity)
        claimants[place].has = share
        place += 1
        // The documentation prints up to nine decimals.
        let distance = abs(share - (step.double("gets") ?? -1))
        run.compare("gets, to 5e-9", distance < 5e-9, true)
      }
    }
    run.finish(cases: 10, steps: 30)
  }

  private static func claimant(_ step: VectorFields) -> Apportionment.Claimant {
    .init(wants: step.double("wants") ?? 0, weight: step.units("weight"))
  }
}
