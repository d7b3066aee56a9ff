/// Paths of folders, as a person names them.
public enum ResultPath {
  /// The path without slashes at its end; the root keeps its one.
  public static func withoutSlashes(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }
}
