/// One mistake of a user in a file, as evidence; ``IssueRenderer`` words it.
public struct ScenarioIssue: Error, Hashable, Sendable {
  /// What is wrong.
  public var problem: Problem

  /// Where in the JSON document; the root for syntax errors and for files that are not JSON.
  public var pointer: JSONPointer

  /// Where in the text; `nil` when the value came from no text.
  public var position: SourcePosition?

  /// The column of a CSV file, by its header.
  public var column: String?

  /// What the user probably meant, as it would be written.
  public var suggestion: String?

  /// What was changed in the document, in words, when the mistake is none of the document itself.
  public var context: String?

  /// Creates an issue from its evidence.
  public init(
    _ problem: Problem, pointer: JSONPointer = .root, position: SourcePosition?,
    column: String? = nil, suggestion: String? = nil
  ) {
    self.problem = problem
    self.pointer = pointer
    self.position = position
    self.column = column
    self.suggestion = suggestion
  }

  /// The kinds of mistakes, each with its evidence.
  public enum Problem: Hashable, Sendable {
    /// The text is not JSON, or not CSV.
    case syntax(expected: String, found: String)
    /// Lists and objects are nested deeper than `limit`.
    case tooDeep(limit: Int)
    /// The file has more bytes than `limit`.
    case tooLarge(limit: Int, found: Int)
    /// A name stands twice in one object; `first` is its first place.
    case duplicateKey(name: String, first: SourcePosition)
    /// An object has a member that is not declared; `known` are the declared ones.
    case unknownField(name: String, known: [String])
    /// A member that must be there is not.
    case missingField(name: String, expected: String)
    /// The value is of another kind than expected.
    case wrongKind(expected: String, found: String)
    /// The value is of the right kind and outside its bounds.
    case outOfRange(expected: String, found: String)
    /// A name is none of those that are known here.
    case unknownName(name: String, known: [String])
    /// A rule over several values is broken.
    case rule(expected: String, found: String)
    /// A pointer leads nowhere: `existing` is its deepest part that exists.
    case nothingThere(wanted: JSONPointer, existing: JSONPointer, known: [String])
    /// A file that the document names is nowhere; `searched` is where it was looked for.
    case missingFile(path: String, searched: [String])
    /// A file cannot be used, for a reason that only its reader knows.
    case unusable(reason: String)
  }

  /// An unknown member of an object, with the nearest of the names that it might have meant.
  public static func unknownField(
    _ name: String, known: [String], absent: [String], pointer: JSONPointer,
    position: SourcePosition?
  ) -> ScenarioIssue {
    ScenarioIssue(
      .unknownField(name: name, known: known), pointer: pointer, position: position,
      // Of equally near names one that is still missing is the likelier.
      suggestion: nearestName(name, in: absent + known))
  }

  /// A name that none of `known` is, with the nearest of them.
  public static func unknownName(
    _ name: String, known: [String], pointer: JSONPointer, position: SourcePosition?
  ) -> ScenarioIssue {
    ScenarioIssue(
      .unknownName(name: name, known: known), pointer: pointer, position: position,
      suggestion: nearestName(name, in: known))
  }
}
