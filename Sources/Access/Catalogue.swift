public import WeirFormats

/// All layers that a scenario can name, in the order of the reference pages.
public enum Catalogue {
  /// The registry of layers; other packages add theirs through `Extensions`.
  public static let layers = VariantRegistry<NamedLayer>("layer", [])
}
