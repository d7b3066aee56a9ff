/// Why results cannot be written.
public enum ResultFailure: Error, Sendable, Equatable {
  /// The folder exists and is not that of an earlier run of the same study.
  case occupied(folder: String, by: Occupant)
  /// The system refused to write.
  case cannotWrite(path: String, reason: String)

  /// What is in the way.
  public enum Occupant: Sendable, Equatable {
    /// Files that Weir did not write: there is no manifest.
    case otherFiles
    /// Something that is not a folder.
    case notAFolder
    /// The results of another study, by the name in its manifest.
    case study(name: String, file: String)
  }
}
