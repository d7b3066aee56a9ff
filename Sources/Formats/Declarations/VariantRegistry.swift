/// The named variants of one idea, one of which a tagged JSON object chooses.
public struct VariantRegistry<Base: Sendable>: Sendable {
  /// What they are variants of, in one word or two: `layer`, `service`.
  public let title: String

  /// The variants, in the order registered.
  public private(set) var variants: [Variant<Base>]

  /// The names of the variants, in the same order.
  public private(set) var names: [String]

  /// The variant that an object without a tag is; `nil` when the tag is required.
  public let standard: String?

  /// Creates a registry; names must differ.
  ///
  /// `standard` is the name of the variant that an object without a tag is.
  public init(_ title: String, default standard: String? = nil, _ variants: [Variant<Base>]) {
    self.title = title
    self.standard = standard
    self.variants = []
    names = []
    for variant in variants { register(variant) }
    precondition(
      standard.map { names.contains($0) } ?? true, "no \(title) is called \(standard ?? "")")
  }

  /// Adds a variant; traps when its name is taken.
  public mutating func register(_ variant: Variant<Base>) {
    precondition(!names.contains(variant.name), "a \(title) called \(variant.name) exists")
    variants.append(variant)
    names.append(variant.name)
  }

  /// The variant called `name`.
  public subscript(name: String) -> Variant<Base>? {
    names.firstIndex(of: name).map { variants[$0] }
  }
}

/// One way to be a `Base`: a name, one line of help, and how it is made from its fields.
public struct Variant<Base: Sendable>: Sendable {
  /// The tag that chooses it.
  public let name: String

  /// What it is, in one sentence.
  public let help: String

  /// The Swift type that its documentation is found under; `nil` when it has none of its own.
  public let type: (any Any.Type)?

  /// Reads its fields; the rules of ``Declared/init(_:)`` hold.
  public let make: @Sendable (Fields) -> Base

  /// Creates a variant; `type` is the Swift type that its documentation is found under.
  public init(
    _ name: String, _ help: String, type: Any.Type? = nil,
    _ make: @escaping @Sendable (Fields) -> Base
  ) {
    self.name = name
    self.help = help
    self.type = type
    self.make = make
  }
}

/// What other packages add to registries, by the type that the variants are of.
public struct Extensions: Sendable {
  private var variants: [(base: ObjectIdentifier, variant: any Sendable)] = []

  /// Nothing is added.
  public init() {}

  /// Only `variant` is added.
  public init<Base>(adding variant: Variant<Base>) { add(variant) }

  /// Adds `variant` to every registry of `Base`.
  public mutating func add<Base>(_ variant: Variant<Base>) {
    variants.append((ObjectIdentifier(Base.self), variant))
  }

  /// The registry with what was added for its `Base`.
  public func adding<Base>(to registry: VariantRegistry<Base>) -> VariantRegistry<Base> {
    var result = registry
    for entry in variants where entry.base == ObjectIdentifier(Base.self) {
      if let variant = entry.variant as? Variant<Base> { result.register(variant) }
    }
    return result
  }
}
