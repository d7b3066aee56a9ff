import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct AmazonVectors {
  @Test("CPU credits accrue, burst, run out and are repaid as the EC2 guide's examples say")
  func examples() throws {
    let run = VectorRun("cpu_credits_aws")
    run.each(try VectorFile("amazon-ec2").groups[0]) { vector in
      let machine = Machine(vector.given)
      return { step in
        machine.work(hours: step.units("hours"), percent: step.decimal("cpuPct"))
        machine.compare(step, run)
        run.compare("charged", machine.isNear(machine.charged, step.decimal("charged")), true)
      }
    }
    run.finish(cases: 3, steps: 22)
  }

  @Test("CPU credits follow the timelines of the EC2 guide, spent and discarded ones included")
  func timelines() throws {
    let run = VectorRun("aws_burstable/timelines")
    run.each(try VectorFile("amazon-ec2").groups[1]) { vector in
      let machine = Machine(vector.given)
      return { step in
        _ = step.text("period")
        let hours = step.units("hours")
        let before = machine.totals
        machine.work(hours: hours, percent: step.decimal("percent"))
        machine.compare(step, run)
        let spent = machine.totals.spent - before.spent
        let charged = machine.totals.charged - before.charged
        run.compare("charged", machine.isNear(charged, step.decimal("chargedInPeriod")), true)
        run.compare("spent", machine.isNear(spent, step.decimal("spent")), true)
        let earned = Double(hours) * machine.earnedPerHour
        let kept = machine.balance - before.balance
        run.compare(
          "discarded", machine.isNear(earned - spent - kept, step.decimal("discarded")), true)
        // The guide prints whole credits.
        let printed: [(String, Double)] = [
          ("documentedBalance", machine.balance), ("documentedSurplus", machine.surplus),
          ("documentedCharged", charged), ("documentedSurplusSpent", charged + machine.surplus),
        ]
        for (name, value) in printed {
          guard let whole = step.decimal(name) else { continue }
          run.compare(name, abs(value - whole) <= 0.5, true)
        }
      }
    }
    run.finish(cases: 3, steps: 21)
  }

  @Test("the rate of each machine is its baseline, and it keeps a day of it")
  func creditTable() throws {
    let run = VectorRun("aws_burstable/credit_table")
    run.each(try VectorFile("amazon-ec2").groups[2]) { _ in
      return { step in
        let name = "\(step.text("family")).\(step.text("size"))"
        let rate = step.units("earnPerHour")
        let store = OneAccount(
          BurstStore(rate: UnitsByPlan(Units(rate)), per: .hours(1), keeps: .hours(24)))
        run.compare("\(name) keeps", store.meter(at: 0).limit, step.integer("max"))
        let baseline = step.decimal("baseline") ?? 0
        run.compare(name, Double(rate), Double(60 * step.units("vcpus")) * baseline)
      }
    }
    run.finish(cases: 1, steps: 7)
  }

  @Test("a hosted table keeps 300 seconds of unused capacity, and spends it")
  func burstCapacity() throws {
    let run = VectorRun("dynamodb/burst")
    run.each(try VectorFile("amazon-dynamodb").groups[0]) { _ in
      return { step in
        let rate = step.units("provisioned")
        var table = OneAccount(
          BurstStore(
            rate: UnitsByPlan(Units(rate)), per: .seconds(1),
            keeps: .seconds(step.units("retentionS"))))
        let start = step.units("idleS") * 1_000_000_000
        run.compare("burst", table.meter(at: start).remaining, step.integer("burstUnits"))
        // A steady load, in requests a hundredth of a second apart.
        let load = step.units("load")
        var ticks: Int64 = 0
        while table.take(load / 100, at: start + ticks * 10_000_000) == nil { ticks += 1 }
        let sustained = Double(ticks) / 100
        run.compare(
          "sustained to a tenth of a second", abs(sustained - Double(step.units("sustainS"))) < 0.1,
          true)
        for name in ["partitionReads", "partitionWrites"] {
          let most = step.units(name)
          var partition = OneAccount(
            AllOf([
              BurstStore(rate: UnitsByPlan(5000), per: .seconds(1), keeps: .seconds(300)),
              FixedWindow(
                limit: UnitsByPlan(Units(most)), per: .seconds(1), alignment: .aligned),
            ]))
          run.compare(name, partition.takeAtMost(1_000_000, at: start), most)
        }
      }
    }
    run.finish(cases: 1, steps: 1)
  }

  @Test("a store of 300 seconds starts empty and fills in whole seconds, as the reference does")
  func burstStore() throws {
    let run = VectorRun("derived_burst_store")
    run.each(try VectorFile("amazon-dynamodb").groups[1]) { vector in
      var store = OneAccount(
        BurstStore(
          rate: UnitsByPlan(Units(vector.given.units("ratePerS"))), per: .seconds(1),
          keeps: .seconds(vector.given.units("retainS")), intervally: true))
      return { step in
        let time = step.time("at")
        let isAllowed = store.take(step.units("cost"), at: time) == nil
        run.compare("allowed", isAllowed, step.flag("allowed"))
        run.compare("tokens", store.meter(at: time).remaining, step.integer("tokens"))
      }
    }
    run.finish(cases: 1, steps: 10)
  }
}

/// A machine with CPU credits; its work comes in requests of ten seconds each.
///
/// In the guide it is a steady flow, so that balances differ by what ten seconds earn at most.
private final class Machine {
  private var store: OneAccount<BurstStore>
  private let cores: Int64
  private var clock: Int64 = 0
  private var spentUnits: Int64 = 0
  private var chargedUnits: Int64 = 0
  let earnedPerHour: Double

  /// A unit is this part of a credit: then ten seconds of work are whole.
  private static let unitsPerCredit = 3_600_000.0
  private static let tick: Int64 = 10_000_000_000

  init(_ given: VectorFields) {
    cores = given.units("vcpus")
    let earned = given.units("earnPerHour")
    earnedPerHour = Double(earned)
    let borrowed = given.text("mode") == "unlimited" ? given.units("surplusCap") : 0
    store = OneAccount(
      BurstStore(
        rate: UnitsByPlan(Units(earned * 1000)), per: .seconds(1),
        keeps: .hours(given.units("cap") / earned), borrows: .hours(borrowed / earned),
        launch: Units(given.units("launchCredits") * 3_600_000)))
  }

  /// Works at so many percent of every core; what the store does not pay is charged or left.
  func work(hours: Int64, percent: Double?) {
    let cost = Int64(Double(cores) * 6000 * (percent ?? 0))
    let end = clock + hours * 3_600_000_000_000
    while cost > 0, clock < end {
      let paid = store.takeAtMost(cost, at: clock)
      spentUnits += paid
      chargedUnits += cost - paid
      clock += Self.tick
    }
    clock = end
  }

  private var now: SimTime { SimTime(nanoseconds: clock) }

  var balance: Double {
    Double(store.layer.balance(for: store.request, at: now).count) / Self.unitsPerCredit
  }

  var surplus: Double {
    Double(store.layer.borrowed(for: store.request, at: now).count) / Self.unitsPerCredit
  }

  var charged: Double { Double(chargedUnits) / Self.unitsPerCredit }

  var totals: (balance: Double, spent: Double, charged: Double) {
    (balance, Double(spentUnits) / Self.unitsPerCredit, charged)
  }

  func compare(_ step: VectorFields, _ run: VectorRun) {
    let launch = Double(store.layer.launchLeft(for: store.request).count) / Self.unitsPerCredit
    run.compare("balance", isNear(balance, step.decimal("balance")), true)
    run.compare("surplus", isNear(surplus, step.decimal("surplus")), true)
    run.compare("launch credits", isNear(launch, step.decimal("launch")), true)
  }

  /// Whether a number is the expected one to what ten seconds earn; there may be none.
  func isNear(_ value: Double, _ expected: Double?) -> Bool {
    guard let expected else { return true }
    return abs(value - expected) <= earnedPerHour / 360 + 1e-9
  }
}
