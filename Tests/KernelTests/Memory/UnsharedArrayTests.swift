import Testing
import WeirKernel

@Suite struct UnsharedArrayTests {
  @Test("what is added at the end stays in its order while the array grows")
  func growth() {
    var array = UnsharedArray<Int>()
    var expected: [Int] = []
    for number in 0..<100 {
      array.append(number)
      expected.append(number)
      array.append(repeating: -number, count: number % 5)
      expected += repeatElement(-number, count: number % 5)
    }
    let elements = array.elements
    #expect(elements == expected)
    #expect(array.popLast() == expected.popLast())
    let rest = array.elements
    #expect(rest == expected)
  }

  @Test("an element sinks past those that come later, and no further")
  func sinking() {
    var array = UnsharedArray([9, 7, 4, 2, 5])
    array.sink(from: 4) { $0 < $1 }
    let elements = array.elements
    #expect(elements == [9, 7, 5, 4, 2])
  }
}
