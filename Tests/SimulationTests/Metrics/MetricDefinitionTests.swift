import Testing
import WeirSimulation

@Suite struct MetricDefinitionTests {
  @Test("every metric is defined, in a sentence", arguments: Metric.allCases)
  func defined(_ metric: Metric) {
    let definition = metric.definition
    #expect(definition.text.hasSuffix("."))
    #expect(definition.text.count > 15)
  }

  @Test("a column named in seconds is in seconds, and no other", arguments: Metric.allCases)
  func seconds(_ metric: Metric) {
    let isRate = metric.name.hasSuffix("_per_s")
    #expect((metric.definition.unit == "seconds") == (metric.name.hasSuffix("_s") && !isRate))
  }

  @Test("the averages over time are those that a growing backlog makes meaningless")
  func steadyState() {
    let found = Metric.allCases.filter { $0.definition.isSteadyState }
    #expect(
      found == [
        .queueWaitMean, .timeToFirstTokenMean, .endToEndMean, .slowdownMean, .queueMean,
      ])
  }

  @Test("counts are whole, shares are not")
  func whole() {
    #expect(Metric.intents.definition.isWhole)
    #expect(Metric.revenue.definition.isWhole)
    #expect(!Metric.servedShare.definition.isWhole)
    #expect(!Metric.retryAmplification.definition.isWhole)
  }
}
