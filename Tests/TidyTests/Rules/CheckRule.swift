/// A check stops at the first thing that goes wrong, and says what it is.
struct CheckRule: TidyRule {
  let claim = "every check says what it checks, and stops where something goes wrong"
  let broken = [
    ".ci/checks/a.sh": "#!/usr/bin/env bash\nset -euo pipefail\ntrue\n",
    ".ci/checks/b.sh": "#!/usr/bin/env bash\n# It checks.\ntrue\n",
    ".ci/checks/c.txt": "# Not run.\n",
  ]
  let sound = [".ci/checks/a.sh": "#!/usr/bin/env bash\n# It checks.\nset -euo pipefail\n"]

  func findings(in repository: Repository) -> [String] {
    repository.files.filter { $0.path.hasPrefix(".ci/checks/") }.compactMap { file in
      if !file.path.hasSuffix(".sh") { return "\(file.path): is not run" }
      if file.lines.first != "#!/usr/bin/env bash" || !file.lines[1].hasPrefix("# ") {
        return "\(file.path): does not say what it checks"
      }
      return file.lines.contains("set -euo pipefail") ? nil : "\(file.path): goes on after a fault"
    }
  }
}
