extension ValueKind {
  /// An object of its own, read by its declaration.
  public static func object(_ type: Value.Type) -> ValueKind where Value: Declared {
    let shape = Shape.object(type)
    return ValueKind(
      shape: shape, placeholder: { type.init(Fields(describingWith: Extensions())) },
      read: { node, reader in
        guard node.members != nil else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        let fields = Fields(reading: node, reader)
        let value = type.init(fields)
        fields.finish()
        return value
      })
  }

  /// A list; an element that cannot be read is replaced by a placeholder, so that places stay.
  public static func list<Element>(
    of element: ValueKind<Element>, count: ClosedRange<Int> = 0...Int.max
  ) -> ValueKind where Value == [Element] {
    let shape = Shape.list(element.shape, count: count)
    return ValueKind(
      shape: shape, placeholder: { elementPlaceholders(element, count) },
      read: { node, reader in
        guard let elements = node.elements else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        return read(elements, element, count, shape, node, reader)
      },
      write: { values in writeAll(values, element).map { .list($0) } }
    ).unit(element.unitName)
  }

  /// One element, or a list of so many; the element itself is no list.
  public static func oneOrMany<Element>(
    of element: ValueKind<Element>, count: ClosedRange<Int> = 1...Int.max
  ) -> ValueKind where Value == [Element] {
    precondition(!element.shape.types.contains(.list), "a list of lists is ambiguous")
    let shape = Shape.oneOrMany(element.shape, count: count)
    return ValueKind(
      shape: shape, placeholder: { elementPlaceholders(element, count) },
      read: { node, reader in
        guard let elements = node.elements else {
          if JSONTypes(of: node).isDisjoint(with: element.shape.types) {
            reader.recordWrongKind(shape, node)
            return nil
          }
          return element.read(node, reader).map { [$0] }
        }
        return read(elements, element, count, shape, node, reader)
      },
      write: { values in
        writeAll(values, element).map { $0.count == 1 ? $0[0] : .list($0) }
      }
    ).unit(element.unitName)
  }

  /// An object whose members are all alike, as entries in the order of the file.
  ///
  /// With `namesOnly` the members must be called by names (see ``name``).
  public static func map<Element>(
    of element: ValueKind<Element>, namesOnly: Bool = true
  ) -> ValueKind where Value == [(key: String, value: Element)] {
    let shape = Shape.map(element.shape, namesOnly: namesOnly)
    return ValueKind(
      shape: shape, placeholder: { [] },
      read: { node, reader in
        guard let members = node.members else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        return members.map { member in
          reader.at(member.name) {
            if namesOnly, !isName(member.name) {
              let name = JSONNode(.text(member.name), at: member.position)
              reader.recordOutOfRange(.name, name)
            }
            return (member.name, element.value(of: member.value, reader))
          }
        }
      },
      write: { entries in
        writeAll(entries.map(\.value), element).map { nodes in
          .object(zip(entries, nodes).map { ($0.key, $1) })
        }
      }
    ).unit(element.unitName)
  }

  /// A short form or a long form of the same thing; the JSON type of the value decides which.
  public static func either(_ short: ValueKind, _ long: ValueKind) -> ValueKind {
    precondition(
      short.shape.types.isDisjoint(with: long.shape.types), "the forms share a JSON type")
    let shape = Shape.either(short.shape, long.shape)
    return ValueKind(
      shape: shape, placeholder: short.placeholder,
      read: { node, reader in
        let type = JSONTypes(of: node)
        if short.shape.types.contains(type) { return short.read(node, reader) }
        if long.shape.types.contains(type) { return long.read(node, reader) }
        reader.recordWrongKind(shape, node)
        return nil
      },
      write: { short.write($0) ?? long.write($0) }
    ).unit(short.unitName)
  }

  private static func elementPlaceholders<Element>(
    _ element: ValueKind<Element>, _ count: ClosedRange<Int>
  ) -> [Element] {
    (0..<count.lowerBound).map { _ in element.placeholder() }
  }

  private static func writeAll<Element>(
    _ values: [Element], _ element: ValueKind<Element>
  ) -> [JSONNode]? {
    let nodes = values.compactMap(element.write)
    return nodes.count == values.count ? nodes : nil
  }

  private static func read<Element>(
    _ nodes: [JSONNode], _ element: ValueKind<Element>, _ count: ClosedRange<Int>,
    _ shape: Shape, _ node: JSONNode, _ reader: DocumentReader
  ) -> [Element]? {
    let values = nodes.indices.map { index in
      reader.at(String(index)) { element.value(of: nodes[index], reader) }
    }
    if count.contains(nodes.count) { return values }
    let found = NumberText.counted(nodes.count, "element", "elements")
    reader.record(.outOfRange(expected: shape.expected, found: found), node)
    return nil
  }
}

extension ValueKind {
  /// A tagged object: the member `tag` chooses a variant, which reads the other members.
  ///
  /// With `nameAlone` a text stands for the variant of that name without members.
  public static func variant(
    _ registry: VariantRegistry<Value>, tag: String = "type", nameAlone: Bool = false
  ) -> ValueKind {
    let shape = Shape.variant(VariantShape(registry, tag: tag, nameAlone: nameAlone))
    return ValueKind(
      shape: shape, placeholder: { registry.placeholder() },
      read: { node, reader in
        if nameAlone, let name = node.text {
          guard let variant = registry[name] else {
            reader.recordUnknownName(name, registry.names, node)
            return nil
          }
          return variant.read(JSONNode(.object([]), at: node.position), reader, tag: tag)
        }
        guard node.members != nil else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        return registry.chosen(by: node, tag: tag, reader)?.read(node, reader, tag: tag)
      })
  }
}

extension VariantRegistry {
  /// The standard variant, or the first, made from placeholders.
  fileprivate func placeholder() -> Base {
    let variant = standard.flatMap { self[$0] } ?? variants[0]
    return variant.make(Fields(describingWith: Extensions()))
  }

  /// The variant that the tag of an object names.
  fileprivate func chosen(
    by node: JSONNode, tag: String, _ reader: DocumentReader
  ) -> Variant<Base>? {
    return reader.at(tag) {
      guard let tagNode = node[tag] else {
        if let standard { return self[standard] }
        reader.record(.missingField(name: tag, expected: Shape.oneOf(names)), node)
        return nil
      }
      guard let name = tagNode.text else {
        reader.record(.wrongKind(expected: Shape.oneOf(names), found: tagNode.found), tagNode)
        return nil
      }
      if let variant = self[name] { return variant }
      reader.recordUnknownName(name, names, tagNode)
      return nil
    }
  }
}

extension Variant {
  /// Reads the members of an object other than the tag.
  fileprivate func read(_ node: JSONNode, _ reader: DocumentReader, tag: String) -> Base {
    let fields = Fields(reading: node, reader, reserved: [tag])
    let value = make(fields)
    fields.finish()
    return value
  }
}

extension VariantShape {
  /// The shape of an object that chooses from `registry`.
  init<Base>(_ registry: VariantRegistry<Base>, tag: String, nameAlone: Bool) {
    self.init(
      title: registry.title, tag: tag, standard: registry.standard, nameAlone: nameAlone,
      variants: registry.variants.map { variant in
        Option(name: variant.name, help: variant.help, type: variant.type) { extensions in
          let fields = Fields(describingWith: extensions)
          _ = variant.make(fields)
          return fields.declarations
        }
      })
  }
}
