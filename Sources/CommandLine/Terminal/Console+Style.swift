import WeirReports

extension Console {
  /// How tables look on the output.
  var style: TextStyle { TextStyle(usesColour: place.usesColour, width: place.width) }
}
