/// Names say what is in a room.
struct RoomNameRule: TidyRule {
  let claim = "nothing is called after what everything is"
  let broken = [
    "Sources/Kernel/Utilities/A.swift": "", "Sources/Kernel/StringHelpers.swift": "",
    "Sources/Lab/RunManager.swift": "", "Tests/KernelTests/Common.swift": "",
  ]
  let sound = ["Sources/Kernel/Community/Manage.swift": ""]

  private static let words = ["Util", "Utils", "Utility", "Utilities", "Common", "Misc"]
  private static let endings = ["Helper", "Helpers", "Manager", "Utils", "Utilities"]

  func findings(in repository: Repository) -> [String] {
    repository.files.filter(\.isSwift).compactMap { file in
      let parts = file.path.dropLast(6).split(separator: "/").map(String.init)
      let found = parts.first { part in
        Self.words.contains(part) || Self.endings.contains { part.hasSuffix($0) }
      }
      return found.map { "\(file.path): \($0)" }
    }
  }
}
