/// The style sheet of charts.
enum ChartStyle {
  /// The inks: ground, letters, faint letters, lines of the grid, then the colours of series.
  struct Inks {
    let ground: String
    let ink: String
    let faint: String
    let grid: String
    let series: [String]
  }

  /// On a light ground; the ink of the page stands for the palette's black.
  static let light = Inks(
    ground: "#ffffff", ink: "#1a1c1f", faint: "#5a6069", grid: "#dfe2e6",
    series: [
      "#1a1c1f", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#b3a400",
    ])

  /// On a dark ground: the same hues, the dark ones lighter.
  static let dark = Inks(
    ground: "#15181c", ink: "#e8eaed", faint: "#a3abb5", grid: "#343a42",
    series: [
      "#e8eaed", "#3d9be0", "#f07a28", "#1fbf92", "#dd92bb", "#e69f00", "#7cc8f5", "#f0e442",
    ])

  /// The rules of charts within a page that defines the inks as variables.
  static let page =
    rules(
      ground: "var(--ground)", ink: "var(--ink)", faint: "var(--faint)", grid: "var(--grid)",
      series: (0..<SeriesStyle.colours).map { "var(--s\($0))" })
      + """
      .chart:hover .s{opacity:.25}
      .chart .s:hover{opacity:1}

      """

  /// The rules of a chart that is a file of its own: no variables, which some viewers do not know.
  static let standalone = rules(
    ground: light.ground, ink: light.ink, faint: light.faint, grid: light.grid,
    series: light.series)

  /// The rules that make such a file dark where its viewer is.
  static let standaloneDark =
    "@media (prefers-color-scheme:dark){"
    + rules(
      ground: dark.ground, ink: dark.ink, faint: dark.faint, grid: dark.grid, series: dark.series)
    + "}"

  /// The definitions of the inks as variables.
  static func variables(_ inks: Inks) -> String {
    let series = inks.series.enumerated().map { "--s\($0):\($1)" }.joined(separator: ";")
    return "--ground:\(inks.ground);--ink:\(inks.ink);--faint:\(inks.faint);--grid:\(inks.grid);"
      + series
  }

  private static func rules(
    ground: String, ink: String, faint: String, grid: String, series: [String]
  ) -> String {
    let colours = series.enumerated().map { index, colour in
      """
      .chart .c\(index){stroke:\(colour);fill:\(colour)}

      """
    }.joined()
    return """
      .chart text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;\
      fill:\(ink);stroke:none}
      .chart .t{fill:\(faint)}
      .chart .e{font-weight:600}
      .chart .a{stroke:\(faint);fill:none}
      .chart .g{stroke:\(grid);fill:none}
      .chart .w{fill:\(grid);opacity:.55;stroke:none}
      .chart .r{stroke:\(faint);fill:none;stroke-dasharray:4 3}
      \(colours).chart .l{fill:none;stroke-width:1.8;stroke-linejoin:round}
      .chart .d .l{stroke-dasharray:6 3}
      .chart .b{stroke:none;opacity:.16}
      .chart .m{stroke:\(ground);stroke-width:.8}
      .chart .h{fill:\(ground);stroke-width:1.6}
      .chart .u{fill:none;stroke-width:1.4}
      .chart .p{stroke:\(ground);stroke-width:1}
      .chart .n{fill:\(ground)}

      """
  }
}
