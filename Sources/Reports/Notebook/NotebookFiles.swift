import WeirFormats
public import WeirLab

/// A folder with the results of a study, ready for a researcher: notebook, script and data.
public struct NotebookFiles: Sendable {
  /// A file of the folder.
  public struct File: Sendable {
    /// Its path within the folder, with `/` between parts.
    public let path: String
    /// What is in it.
    public let text: String
  }

  /// The name of the study.
  public let name: String
  /// The files, in the order in which they are written.
  public let files: [File]

  /// The file by which a folder is known to be one of notebooks.
  public static let mark = "analysis.ipynb"

  /// The tables that the notebook reads.
  private static let tables = [
    "runs", "populations", "timeline", "layers", "latency", "lorenz", "comparison", "thresholds",
  ]

  /// Makes the files from the results in a folder.
  ///
  /// `folder` is what `weir run` wrote, `point` the name of the point whose distributions and
  /// timelines are shown (the first unless it is given), and `reader` how bytes are got.
  ///
  /// - Throws: ``ResultsFailure``.
  public init(
    _ folder: String, point: String? = nil, reader: FileReader = .disk
  ) throws(ResultsFailure) {
    let results = try StudyResults(folder, point: point, reader: reader)
    let source = ResultsReader(folder: folder, reader: reader)
    let notebook = StudyNotebook(results, point: point)
    name = results.facts.name
    var files = [
      File(path: Self.mark, text: notebook.document()),
      File(path: "analysis.py", text: notebook.script()),
      File(path: "requirements.txt", text: Self.requirements),
      File(path: "README.md", text: Self.readme(results.facts)),
    ]
    for table in Self.tables where results.facts.has("\(table).csv") {
      let file = try source.source("\(table).csv", results.facts)
      files.append(File(path: "data/\(table).csv", text: Self.text(file.bytes)))
    }
    files.append(
      File(path: "data/datapackage.json", text: try Self.package(source, results.facts)))
    files.append(File(path: "data/manifest.json", text: Self.text(try source.manifest())))
    self.files = files
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The data dictionary of the tables that are there.
  private static func package(
    _ reader: ResultsReader, _ facts: ManifestFacts
  ) throws(ResultsFailure) -> String {
    let source = try reader.source("datapackage.json", facts)
    let (node, issues) = JSONNode.parse(source)
    guard let node, issues.isEmpty else { throw .invalid(issues) }
    let members = (node.members ?? []).map { member -> (String, JSONNode) in
      guard member.name == "resources" else { return (member.name, member.value) }
      let kept = (member.value.elements ?? []).filter { tables.contains($0["name"]?.text ?? "") }
      return (member.name, .list(kept))
    }
    return JSONWriter.pretty(.object(members))
  }

  /// The Python packages, each in one version.
  static let requirements = """
    ipykernel==7.4.0
    matplotlib==3.11.2
    nbclient==0.11.0
    nbformat==5.11.1
    numpy==2.4.6
    pandas==3.1.1
    polars==2.1.0
    scipy==1.17.1

    """

  private static func readme(_ facts: ManifestFacts) -> String {
    """
    # \(MarkdownText.escaped(facts.name)): a notebook

    \(MarkdownText.escaped(facts.description))

    `analysis.ipynb` shows its tables and figures as it is. To run it (Python 3.11 or later):

    ```
    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/jupyter execute --output=executed.ipynb analysis.ipynb
    .venv/bin/python analysis.py
    ```

    The first installs what it needs; the second runs every cell, and fails where a number of Weir's
    is not the one that scipy computes; the third does the same with the script, which holds the
    same cells. `data` holds the tables with their dictionary (`datapackage.json`) and what made
    them (`manifest.json`).

    Made by `weir notebook`; the data by \(MarkdownText.code(facts.command)).

    """
  }
}
