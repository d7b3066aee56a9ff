import WeirFormats

/// What decides the result of a run, apart from its replication and from Weir itself: the world at a
/// point, one policy, the seed, and the files that the scenario names.
enum RunContent {
  /// The digest for each policy of a scenario whose canonical document is `canonical`.
  ///
  /// What only frames the study (its name, the number of replications, the other policies,
  /// thresholds) is left out, so that a study with more of them finds the runs of a smaller one. A
  /// member that nobody knows to be such a frame counts.
  static func digests(of canonical: JSONNode, inputs: [InputFile]) -> [String] {
    let members = (canonical.members ?? []).filter {
      $0.name != "policies" && ($0.name == "seed" || !Sweep.frame.contains($0.name))
    }
    let files = inputs.map { JSONNode.list([.text($0.path), .text($0.storedDigest)]) }
    let world: JSONNode = .list([JSONNode(.object(members)), .list(files)])
    let digest = SHA256.hexadecimalDigest(of: JSONWriter.compact(world))
    return (canonical["policies"]?.elements ?? []).map { policy in
      SHA256.hexadecimalDigest(of: digest + "\n" + JSONWriter.compact(policy))
    }
  }

  /// The address of a replication of a content: the name under which its record is kept.
  static func address(
    _ content: String, replication: Int, version: String = WeirVersion.current
  ) -> String {
    SHA256.hexadecimalDigest(of: "weir \(version)\n\(content)\n\(replication)")
  }
}

extension Study {
  /// The address of a run: a digest of all that decides its result, by content.
  public func address(of run: Run) -> String {
    RunContent.address(points[run.point].contents[run.policy], replication: run.replication)
  }
}
