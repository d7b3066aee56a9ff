import Testing
import WeirFormats

@Suite struct ReferenceTests {
  @Test("a page has a table for each object and variant, each once")
  func page() {
    let page = Reference.markdown(SampleScenario.self)
    let headings = page.split(separator: "\n").filter { $0.hasPrefix("#") }
    #expect(
      headings == [
        "## Scenario", "## SamplePlan", "## SamplePopulation", "## layer", "### `fixed`",
        "### `group`", "## scheduler", "### `fifo`", "### `priority`", "### `weighted`",
        "## SampleService", "## SampleRetry",
      ])
    #expect(page.contains("| `name` | name |  |  | required | What the scenario is called. |\n"))
    #expect(page.contains("| `limit` | whole number | messages | of at least 0 | required |"))
    #expect(
      page.contains("| `price` | decimal |  | from 0 to 1000 | `0` | What it costs. \"a\\|b\""))
    #expect(page.contains("| `horizon` | duration |  | of at least 1ns | required |"))
    #expect(page.contains("| `wait` | duration |  | of at least 0s | `\"1.5s\"` |"))
    #expect(page.contains("| `mood` | `patient`, `hasty` |  |  | `\"patient\"` |"))
    #expect(page.contains("| `service` | duration or SampleService |  |  | required |"))
    #expect(page.contains("The member `type` chooses; without it, `fifo`."))
    #expect(page.contains("### `fifo`\n\nFirst come, first served.\n\nNo fields.\n"))
  }

  @Test("a family of variants has a page of its own")
  func family() {
    let page = Reference.markdown(sampleLayers, level: 1)
    #expect(page.hasPrefix("# layer\n\nThe member `type` chooses.\n\n| type | meaning |\n"))
    #expect(page.contains("| `group` | Several layers as one. |\n"))
    #expect(page.contains("## `fixed`\n\nCounts in windows.\n\n| field |"))
    #expect(page.contains("| `parts` | list of layer |"))
  }
}
