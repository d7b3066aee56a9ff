/// A shell script that makes a study in shards with a scheduler of jobs, and puts them together.
///
/// The number of shards stands in it literally: what schedulers count is the size of a submission,
/// which is another one when a few shards are submitted again.
public struct ClusterScript: Sendable {
  /// What starts the shards.
  public enum Engine: String, CaseIterable, Sendable {
    /// An array of jobs and a job that depends on it, for Slurm.
    case slurm
    /// GNU parallel, on this machine or over ssh on others.
    case parallel
  }

  /// The most shards: Slurm refuses an index of 1,001 or more unless its site says otherwise.
  public static let limit = 1000

  /// What starts the shards.
  public let engine: Engine
  /// The study.
  public let study: Study
  /// The files that are written on request.
  public let extras: StudyPlan.Extras
  /// The number of shards.
  public let shards: Int
  /// The threads of each shard.
  public let jobs: Int
  /// The folder that all shards write to.
  public let folder: String
  /// The folder of the results.
  public let results: String

  /// Creates a script.
  public init(
    _ engine: Engine, _ study: Study, extras: StudyPlan.Extras, shards: Int, jobs: Int,
    folder: String, results: String
  ) {
    self.engine = engine
    self.study = study
    self.extras = extras
    self.shards = shards
    self.jobs = jobs
    self.folder = folder
    self.results = results
  }

  /// The script, for bash.
  public var text: String {
    switch engine {
    case .slurm: slurm
    case .parallel: parallel
    }
  }

  private var perShard: String {
    let (least, rest) = study.count.quotientAndRemainder(dividingBy: shards)
    return rest == 0 ? "\(least)" : "\(least) or \(least + 1)"
  }

  private var head: String {
    """
    #!/usr/bin/env bash
    # \(study.scenario.name): \(study.count) runs in \(shards) shards of \(perShard), then their merge.
    """
  }

  /// The values that the rest of the script uses.
  private var values: String {
    """
    set -euo pipefail
    weir=${WEIR:-weir}
    shards=\(ScenarioFile.shellWord(folder))
    results=\(ScenarioFile.shellWord(results))
    mkdir -p "$shards/log"
    """
  }

  /// The command of a shard whose number is `index`, after the word `weir`.
  private func command(_ index: String) -> String {
    let run = study.file.commandHere.dropFirst("weir ".count)
    return "\(run)\(extras.options) --shard \(index)/\(shards) -j \(jobs) -q"
  }

  private var slurm: String {
    """
    \(head)
    #
    # usage: bash SCRIPT [OPTIONS OF SBATCH], such as --time=30 --partition=short. Start it where the
    # paths in it hold; the folder of the shards must be seen by all nodes. WEIR names the program.
    # A task that was killed or requeued continues where it was. Submitted again, the script makes
    # only what is missing.
    \(values)
    array=$(sbatch --parsable --job-name=\(jobName) --array=0-\(shards - 1) \\
      --cpus-per-task=\(jobs) --requeue --open-mode=append --output="$shards/log/%a.txt" "$@" \\
      --export=ALL,weir="$weir",shards="$shards" <<'SHARD'
    #!/usr/bin/env bash
    exec "$weir" \(command("$SLURM_ARRAY_TASK_ID")) -o "$shards"
    SHARD
    )
    # The merge waits for all shards, and is given up when one of them failed.
    merge=$(sbatch --parsable --job-name=\(jobName)-merge --dependency="afterok:${array%%;*}" \\
      --kill-on-invalid-dep=yes --open-mode=append --output="$shards/log/merge.txt" "$@" \\
      --export=ALL,weir="$weir",shards="$shards",results="$results" <<'MERGE'
    #!/usr/bin/env bash
    exec "$weir" merge "$results" "$shards"
    MERGE
    )
    echo "shards: job ${array%%;*}, merge: job ${merge%%;*}, logs in $shards/log"

    """
  }

  private var parallel: String {
    """
    \(head)
    #
    # usage: bash SCRIPT [OPTIONS OF PARALLEL], such as --jobs 8 or --sshlogin host1,host2 --workdir .
    # Start it where the paths in it hold. WEIR names the program. What failed is made again by the
    # same command, and what is done is not.
    \(values)
    seq 0 \(shards - 1) | parallel -q --will-cite --joblog "$shards/log/jobs.txt" --resume-failed \\
      --halt soon,fail=1 "$@" "$weir" \(command("{}")) -o "$shards"
    "$weir" merge "$results" "$shards"

    """
  }

  /// The name of the study as the name of a job: without what a shell or Slurm would take amiss.
  private var jobName: String { "weir-" + study.scenario.name.filter { $0 != "%" } }
}
