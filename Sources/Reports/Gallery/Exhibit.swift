import WeirFormats
import WeirLab
import WeirSimulation

/// What a gallery shows of one study: its report, a picture, and a short reading of both.
public struct Exhibit: Sendable {
  /// The name of the study.
  public let name: String
  /// The files, by their names within the folder of the results.
  public let files: [(name: String, text: String)]
  /// What the scenario asks.
  let question: String
  /// The first sentence of the verdict.
  let answer: String
  /// The picture in words, for those who cannot see it.
  let pictureInWords: String
  /// The size of the study in words.
  let size: String

  /// The names of the files that are added to a folder of results.
  public static let fileNames = ["report.html", "picture.svg", "README.md"]

  /// Makes the exhibit of results.
  public init(_ results: StudyResults) {
    let reading = Reading(results)
    let picture = reading.picture
    let drawing = picture.document(followsScheme: true) + "\n"
    let texts = [ReportPage(results).html(), drawing, reading.text(picture)]
    name = results.facts.name
    files = Array(zip(Self.fileNames, texts)).map { (name: $0.0, text: $0.1) }
    question = results.facts.description
    answer = reading.sentences.first ?? ""
    pictureInWords = reading.words(picture)
    size = reading.size
  }
}

/// The page that leads to the exhibits of a folder.
public enum GalleryIndex {
  /// The name of the page.
  public static let fileName = "README.md"

  /// The page, in Markdown; each exhibit lies in the folder that is named with it.
  public static func text(_ exhibits: [(folder: String, exhibit: Exhibit)]) -> String {
    let parts = exhibits.map { folder, exhibit in
      """

      ## [\(MarkdownText.escaped(exhibit.name))](\(folder)/README.md)

      \(MarkdownText.escaped(exhibit.question))

      [![\(exhibit.pictureInWords)](\(folder)/picture.svg)](\(folder)/report.html)

      \(exhibit.answer) (\(exhibit.size); [reading](\(folder)/README.md), \
      [report](\(folder)/report.html), [data](\(folder)/datapackage.json))

      """
    }
    return """
      # Results

      What the committed scenarios produce: tables with their dictionary, a report that is one page \
      and needs no other, a picture and a short reading. All of it is made by Weir, nothing by hand; \
      the same scenario and the same version of Weir give the same bytes.

      """ + parts.joined()
  }
}
