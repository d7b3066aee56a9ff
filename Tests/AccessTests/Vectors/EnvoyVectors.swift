import Testing
import WeirAccess
import WeirFormats
import WeirKernel
import WeirVectors

@Suite struct EnvoyVectors {
  @Test("an aligned window that counts refused calls decides as envoyproxy/ratelimit does")
  func fixedWindow() throws {
    let run = VectorRun("fixed_window_envoy_ratelimit")
    run.each(try VectorFile("envoyproxy-ratelimit").groups[0]) { vector in
      let window = FixedWindow(
        limit: UnitsByPlan(Units(vector.given.units("requestsPerUnit"))), per: .seconds(1),
        alignment: .aligned, countsRefused: true)
      return { step in
        var stack = Stack([window], names: ["window"], for: .alike(accounts: 1))
        let before = step.units("countBefore")
        let hits = step.units("countAfter") - before
        if hits != step.units("hits") {
          run.skip(
            "hits: upstream feeds counts that differ from it; the cost is what the counts say",
            step, "hits")
        }
        _ = stack.decide(Request(account: 0, cost: Units(before)), at: .zero, .none)
        let request = Request(account: 0, cost: Units(hits))
        let asked = stack.quote(request, at: .zero, .none)
        let decision = stack.decide(request, at: .zero, .none)
        let isOver = decision.outcome == .deny
        // In shadow mode the same decision is made and recorded, and then not acted upon.
        let code = isOver && vector.given.flag("shadowMode") == false ? "OVER_LIMIT" : "OK"
        run.compare("code", code, step.text("code"))
        run.compare("decision when asked first", asked.outcome, decision.outcome)
        let meter = stack.layers[0].meter(for: request, at: .zero)
        run.compare("remaining", meter?.remaining?.count, step.integer("limitRemaining"))
        let stats = VectorFields(step["statsAdded"] ?? [:])
        if vector.given.flag("overLimitInLocalCache") == true {
          run.skip("statistics of a cache of refusals: Weir has no such cache", step)
        } else {
          let paid = asked.shares[0]
          let short = share(limit: vector.given, paying: Units(hits), beside: before)
          run.compare("decided share", paid, isOver ? .zero : request.cost)
          run.compare("over_limit", hits - short, stats.integer("overLimit"))
          run.skip(
            "near_limit, within_limit, shadow_mode: statistics of Envoy that Weir does not keep",
            step)
        }
      }
    }
    run.finish(cases: 6, steps: 6)
  }

  /// What a window pays of a cost beside what it has counted: the part that is not over the limit.
  private func share(limit given: VectorFields, paying cost: Units, beside used: Int64) -> Int64 {
    var window = OneAccount(
      FixedWindow(
        limit: UnitsByPlan(Units(given.units("requestsPerUnit"))), per: .seconds(1),
        alignment: .aligned))
    window.force(used, at: 0)
    return window.quote(cost.count, at: 0).payable.count
  }
}
