import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct SethvargoVectors {
  @Test("a window with a fixed anchor decides as sethvargo/go-limiter does")
  func fixedWindow() throws {
    let run = VectorRun("fixed_window_sethvargo")
    run.each(try VectorFile("sethvargo-go-limiter").groups[0]) { vector in
      var window = account(vector.given)
      var isKnown = false
      return { step in
        let time = step.time("at")
        switch step.text("op") {
        case "get" where !isKnown:
          run.skip(
            "get of an unknown key (0, 0): accounts are known from the start, with a full window",
            step, "limit", "remaining")
        case "set":
          isKnown = true
          // A new limit for a key is a new layer here.
          window = account(step)
        case "burst":
          window.layer.add(
            Units(step.units("tokens")), for: window.request, at: SimTime(nanoseconds: time))
        case "take":
          isKnown = true
          run.compare("allowed", window.take(1, at: time) == nil, step.flag("allowed"))
          compareMeter(run, window, step)
        default: compareMeter(run, window, step)
        }
      }
    }
    run.finish(cases: 3, steps: 42)
  }

  private func account(_ fields: VectorFields) -> OneAccount<FixedWindow> {
    OneAccount(
      FixedWindow(
        limit: UnitsByPlan(Units(fields.units("tokens"))),
        per: SimDuration(nanoseconds: fields.time("interval")), alignment: .fixedAnchor))
  }

  private func compareMeter(
    _ run: VectorRun, _ window: OneAccount<FixedWindow>, _ step: VectorFields
  ) {
    let time = step.time("at")
    let meter = window.meter(at: time)
    run.compare("limit", meter.limit, step.integer("limit"))
    run.compare("remaining", meter.remaining, step.integer("remaining"))
    if step.has("resetAt") { run.compare("reset", time + meter.reset, step.integer("resetAt")) }
  }
}
