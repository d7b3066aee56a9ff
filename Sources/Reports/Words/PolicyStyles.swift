/// How policies are told apart in every chart of a page: the baseline is in the ink of the page.
enum PolicyStyles {
  /// The style of each of `count` policies.
  static func styles(count: Int, baseline: Int) -> [SeriesStyle] {
    (0..<count).map { policy in
      SeriesStyle(index: policy == baseline ? 0 : policy < baseline ? policy + 1 : policy)
    }
  }
}
