/// What is at a path.
public enum FilePlace {
  /// Whether a folder is at `path`, at the end of all links; `nil` when nothing is.
  public static func isFolder(_ path: String) -> Bool? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR
  }
}
