import Foundation
import WeirFormats

/// A folder of records with the plan that they belong to, written by one shard or by several.
///
/// Besides the records there are `plan.json`, the same from all shards, and a small file for each
/// shard that began: which it is, and the command that makes it.
struct ShardFolder: Sendable {
  /// The folder.
  let path: String

  /// A shard that began.
  struct Mark: Sendable, Equatable {
    let shard: Shard
    let command: String
  }

  // MARK: Writing

  /// Opens the folder for a shard of `plan`.
  ///
  /// - Throws: When the folder has the plan of another study, unless `replacesOthers`; or when
  ///   nothing can be written there.
  static func open(
    _ path: String, _ plan: StudyPlan, _ shard: Shard, command: String, replacesOthers: Bool
  ) throws(ResultFailure) {
    let folder = ShardFolder(path: path)
    let owner = ResultFolder.Owner(
      name: plan.study.scenario.name, file: plan.study.file.fileName)
    if case .success(let document) = folder.plan, !replacesOthers,
      let other = Manifest.owner(in: document), other != owner
    {
      throw .occupied(folder: path, by: .study(name: other.name, file: other.file))
    }
    let writer = try RunStoreWriter(RunStore(path: path))
    try writer.write(JSONWriter.pretty(plan.document), to: StudyPlan.fileName)
    let mark: JSONNode = .object([
      ("planDigest", .text(plan.digest)), ("shard", .text(shard.description)),
      ("command", .text(command)),
    ])
    try writer.write(JSONWriter.pretty(mark), to: markName(shard))
  }

  private static func markName(_ shard: Shard) -> String {
    "shard-\(shard.index)-of-\(shard.count).json"
  }

  // MARK: Reading

  /// Why there is no plan in a folder.
  struct NoPlan: Error, Sendable {
    let reason: String
  }

  /// The plan as a document.
  var plan: Result<JSONNode, NoPlan> { document(StudyPlan.fileName) }

  /// The shards of the plan with a digest that began here, in their order.
  func marks(planDigest: String) -> [Mark] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let marks = names.filter { $0.hasPrefix("shard-") && $0.hasSuffix(".json") }.compactMap {
      name -> Mark? in
      guard case .success(let document) = document(name),
        document["planDigest"]?.text == planDigest,
        let shard = document["shard"]?.text.flatMap(Shard.init(parsing:)),
        let command = document["command"]?.text
      else { return nil }
      return Mark(shard: shard, command: command)
    }
    return marks.sorted {
      ($0.shard.count, $0.shard.index) < ($1.shard.count, $1.shard.index)
    }
  }

  private func document(_ name: String) -> Result<JSONNode, NoPlan> {
    let place = path + "/" + name
    do throws(FileReader.Unreadable) {
      let source = SourceFile(name: place, bytes: try FileReader.disk.bytes(of: place))
      let (node, issues) = JSONNode.parse(source)
      guard let node, issues.isEmpty else { return .failure(NoPlan(reason: "it is not JSON")) }
      return .success(node)
    } catch {
      return .failure(NoPlan(reason: error.reason))
    }
  }
}
