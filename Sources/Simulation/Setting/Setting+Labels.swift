extension Setting {
  /// The populations that are not labelled as abusive, as indices; `nil` where that is all of them,
  /// or none.
  public var unlabelledPopulations: [Int]? {
    let members = populations.indices.filter { !populations[$0].isAbusive }
    return members.isEmpty || members.count == populations.count ? nil : members
  }
}
