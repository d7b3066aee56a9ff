/// An array with one owner, for state that is touched many times per event.
///
/// An `Array` asks at each write whether somebody shares its storage; the hot loop asked 42 times a
/// request. This one cannot be copied, so it need not ask. Its unsafe memory is fenced in this
/// file: every access is checked against the bounds, and the memory lives as long as the array.
@frozen
public struct UnsharedArray<Element: ~Copyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline var size: Int

  /// Creates an empty array.
  @inlinable
  public init() {
    base = UnsafeMutablePointer.allocate(capacity: 0)
    capacity = 0
    size = 0
  }

  @inlinable
  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  /// The number of elements.
  @inlinable
  public var count: Int { size }

  /// Whether there are no elements.
  @inlinable
  public var isEmpty: Bool { count == 0 }

  /// The places of all elements.
  @inlinable
  public var indices: Range<Int> { 0..<count }

  /// The element at `index`, in place; traps beyond the bounds.
  @inlinable
  public subscript(index: Int) -> Element {
    unsafeAddress { UnsafePointer(pointer(to: index)) }
    unsafeMutableAddress { pointer(to: index) }
  }

  /// The place of the element at `index`, valid until the array grows; traps beyond the bounds.
  @inlinable
  public func pointer(to index: Int) -> UnsafeMutablePointer<Element> {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no element is there")
    return base + index
  }

  /// Makes room for `minimum` elements.
  @inlinable
  public mutating func reserveCapacity(_ minimum: Int) {
    if minimum > capacity { grow(to: minimum) }
  }

  /// Adds an element at the end.
  ///
  /// Complexity: O(1) amortised.
  @inlinable
  public mutating func append(_ element: consuming Element) {
    if count == capacity { grow(to: max(16, capacity * 2)) }
    (base + count).initialize(to: element)
    size += 1
  }

  /// Removes the last element and returns it; `nil` when there is none.
  @inlinable
  public mutating func popLast() -> Element? {
    if count == 0 { return nil }
    size -= 1
    return (base + count).move()
  }

  /// Removes the last element; traps when there is none.
  @inlinable
  public mutating func removeLast() { pointer(to: count - 1).deinitialize(count: 1); size -= 1 }

  /// Removes all elements, and keeps the memory.
  @inlinable
  public mutating func removeAll() {
    base.deinitialize(count: count)
    size = 0
  }

  @usableFromInline @inline(never)
  mutating func grow(to capacity: Int) {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    self.capacity = capacity
  }
}

extension UnsharedArray where Element: Copyable {
  /// Creates an array of the elements of `elements`, in order.
  @inlinable
  public init(_ elements: some Collection<Element>) {
    self.init()
    reserveCapacity(elements.count)
    for element in elements { append(element) }
  }

  /// Creates an array of `count` times the same element.
  @inlinable
  public init(repeating element: Element, count: Int) {
    self.init(repeatElement(element, count: count))
  }

  /// A copy of all elements, for what comes after the run.
  public var elements: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// The last element; `nil` when there is none.
  @inlinable
  public var last: Element? { count == 0 ? nil : self[count - 1] }

  /// Adds `count` times the same element at the end.
  @inlinable
  public mutating func append(repeating element: Element, count: Int) {
    precondition(count >= 0, "no array shrinks by being added to")
    if size + count > capacity { grow(to: max(size + count, capacity * 2)) }
    (base + size).initialize(repeating: element, count: count)
    size += count
  }

  /// Moves the element at `index` forward past those that come after it: a step of a sort.
  ///
  /// `comesLater` is given an element before it, then the one that moves. Traps beyond the bounds.
  @inlinable
  public mutating func sink(from index: Int, past comesLater: (Element, Element) -> Bool)
  where Element: BitwiseCopyable {
    var hole = pointer(to: index)
    let element = hole.pointee
    while hole > base, comesLater(hole[-1], element) {
      hole.pointee = hole[-1]
      hole -= 1
    }
    hole.pointee = element
  }

  /// Sorts the elements; those of which neither comes first may change places.
  public mutating func sort(by comesFirst: (Element, Element) -> Bool) {
    var all = UnsafeMutableBufferPointer(start: base, count: count)
    all.sort(by: comesFirst)
  }
}

extension UnsharedArray: @unchecked Sendable where Element: Sendable & ~Copyable {}
