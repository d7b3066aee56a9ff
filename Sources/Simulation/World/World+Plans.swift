import WeirAccess
import WeirKernel

extension World {
  /// Puts the changes of plan on the calendar.
  mutating func schedulePlanChanges() {
    for (population, described) in setting.populations.enumerated() {
      for (number, change) in described.planChanges.enumerated() {
        queue.push(
          Event(
            time: .zero + change.at, kind: EventKind.signal, entity: UInt32(population),
            ordinal: UInt32(number) + 2))
      }
    }
  }

  /// Accounts of a population change their plan, those of the sampled share.
  mutating func changePlans(of population: Int, change number: Int) {
    let change = setting.populations[population].planChanges[number]
    let plan = PlanIndex(setting.plans.firstIndex { $0.key == change.plan } ?? 0)
    for account in populations[population].accounts {
      var samples = accounts[Int(account)].key.samples(.planChange, index: UInt32(number))
      guard samples.uniform() < change.share else { continue }
      stack.move(account, to: plan, onPlanChange, at: now)
      directory.planOfAccount[Int(account)] = plan
      accounts[Int(account)].plan = plan
      if recorder.keepsEvents { recorder.tellPlan(plan, of: account, at: now) }
    }
  }
}
