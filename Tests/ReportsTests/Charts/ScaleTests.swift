import Testing

@testable import WeirReports

@Suite struct ScaleTests {
  @Test("the ends of the domain lie at the ends of the axis, whichever way it runs")
  func ends() {
    for kind in [Scale.Kind.linear, .logarithmic] {
      let scale = Scale(kind, domain: 2...50, from: 300, to: 20)
      #expect(scale.position(2) == 300)
      #expect(scale.position(50) == 20)
    }
  }

  @Test("equal differences are equally long on a linear axis, equal ratios on a logarithmic one")
  func steps() {
    let linear = Scale(domain: 0...10, from: 0, to: 100)
    #expect(linear.position(2.5) == 25)
    let logarithmic = Scale(.logarithmic, domain: 0.01...100, from: 0, to: 400)
    for (value, place) in [(0.1, 100.0), (1, 200), (10, 300)] {
      #expect((logarithmic.position(value) - place).magnitude < 1e-9)
    }
  }

  @Test("values beyond the domain lie at its ends")
  func beyond() {
    let scale = Scale(.logarithmic, domain: 1...10, from: 0, to: 1)
    #expect(scale.position(0) == 0)
    #expect(scale.position(1000) == 1)
  }

  @Test("a domain of one value has room around it", arguments: [0, 3, -3, 1e-9])
  func oneValue(value: Double) {
    let scale = Scale(domain: value...value, from: 0, to: 100)
    #expect((scale.position(value) - 50).magnitude < 1e-9)
  }
}
