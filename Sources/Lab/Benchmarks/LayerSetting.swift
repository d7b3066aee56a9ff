public import WeirAccess
public import WeirFormats

/// The setting in which a layer of the catalogue is measured.
///
/// Each account asks once a second for 1 to 4 units; limits are such that some are refused.
public struct LayerSetting: Declared, Sendable {
  /// The layer.
  public let layer: NamedLayer

  /// Reads the setting.
  public init(_ fields: Fields) {
    layer = fields.required(
      "layer", .variant(fields.registry(Catalogue.layers)), "The layer to measure.")
  }

  /// The setting of the layer type called `name`.
  ///
  /// A layer of another package is measured with the defaults of its fields; `nil` when it has
  /// fields without one.
  public static func standard(_ name: String, extensions: Extensions = Extensions()) -> NamedLayer?
  {
    let text = texts[name] ?? ""
    let json =
      "{\"layer\": {\"type\": \(JSONWriter.quoted(name))\(text.isEmpty ? "" : ", " + text)}}"
    guard let node = JSONNode.parse(SourceFile(name: name, text: json)).node else { return nil }
    let reading = read(from: node, extensions: extensions)
    return reading.issues.isEmpty ? reading.value.layer : nil
  }

  /// The fields of each layer that are not left at their defaults.
  private static let texts: [String: String] = [
    "fixedWindow": #""limit": 20, "per": "10s""#,
    "slidingLog": #""limit": 20, "per": "10s""#,
    "slidingCounter": #""limit": 20, "per": "10s""#,
    "tokenBucket": #""capacity": 20, "refill": 2, "per": "1s""#,
    "burstStore": #""rate": 2, "per": "1s", "keeps": "10s""#,
    "gcra": #""rate": 2, "per": "1s", "burst": 20"#,
    "leakyBucket": #""capacity": 20, "leak": 2, "per": "1s""#,
    "pacer": #""rate": 3, "per": "1s""#,
    "cycles": #""limit": 20, "per": "10s""#,
    "hierarchy": #"""
    "per": "10s", "levels": [{"by": "organisation", "limit": 30}, {"by": "account", "share": 0.7}]
    """#,
    "concurrency": #""limit": 2"#,
    "allOf": #"""
    "limits": [{"type": "fixedWindow", "limit": 20, "per": "10s"},
      {"type": "gcra", "rate": 3, "per": "1s"}]
    """#,
    "postPaid": #""limit": {"type": "slidingCounter", "limit": 20, "per": "10s"}"#,
    "peakHours": #"""
    "factor": 2, "limit": {"type": "gcra", "rate": 4, "per": "1s", "burst": 20},
    "peaks": [{"from": "9h", "until": "17h"}]
    """#,
    "aimd": #""initial": 400, "target": "1s""#,
    "vegas": #""initial": 400, "maximum": 400"#,
    "gradient2": #""initial": 400, "maximum": 400"#,
    "envoyGradient": #""minimum": 300"#,
    "levelShedding": #""levels": [{"plans": ["free"]}, {}]"#,
    "shares": #""limit": 400, "weights": {"plus": 1}, "others": 1"#,
    "leases": #""capacity": "1G", "per": "1s""#,
    "usageTracker": #""horizons": [{"over": "1m", "most": 150}, {"over": "1h"}]"#,
    "promotion": #""units": "1M", "from": "0s", "until": "1000d""#,
    "grants": #""grants": [{"id": "first", "units": "1M"}, {"id": "second", "units": "1M"}]"#,
    "credits": #""price": 0.3, "settlementLag": "1s""#,
  ]
}
