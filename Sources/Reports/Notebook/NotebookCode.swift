/// The Python of a notebook that reads the data and computes the statistics again.
///
/// It is the same for every study: what differs between studies is in the data, so that no name of
/// a scenario ever stands in code.
enum NotebookCode {
  /// Reads the tables as their data dictionary describes them, and checks their digests.
  static let load = #"""
    import hashlib
    import io
    import json
    from pathlib import Path

    import matplotlib
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd
    import polars as pl
    from IPython.display import SVG, display
    from scipy import stats

    folder = Path(DATA)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))

    POLICIES, POINTS = manifest["policies"], manifest["points"]
    BASELINE, PRIMARY = manifest["baseline"], manifest["primaryMetric"]
    POINT = POINT or POINTS[0]
    REPLICATIONS = manifest["runs"] // (len(POLICIES) * len(POINTS))

    digests = {file["name"]: file["sha256"] for file in manifest["files"]}
    KINDS = {"string": "str", "integer": "float64", "number": "float64", "boolean": "boolean"}


    def read(resource):
        """Reads a table as its data dictionary describes it: only an empty cell is missing."""
        content = (folder / resource["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digests[resource["path"]], (
            f"{resource['path']} is not what Weir wrote")
        fields = resource["schema"]["fields"]
        table = pd.read_csv(
            io.BytesIO(content), dtype={field["name"]: KINDS[field["type"]] for field in fields},
            keep_default_na=False, na_values=[""])
        whole = [field["name"] for field in fields if field["type"] == "integer"]
        table = table.astype({name: "int64" for name in whole if table[name].notna().all()})
        assert list(table.columns) == [field["name"] for field in fields], resource["path"]
        if "replication" in table:
            table = table[table.replication < REPLICATIONS]
        return table


    tables = {resource["name"]: read(resource) for resource in package["resources"]}
    runs, comparison = tables["runs"], tables["comparison"]
    assert len(runs) == len(POLICIES) * len(POINTS) * REPLICATIONS

    # A study that labels some accounts as abusive is about the others, taken together.
    EVERYONE, UNLABELLED = "(all)", "(unlabelled)"
    people = tables["populations"]
    SOME = UNLABELLED in set(people.population)
    KEYS = ["policy", "point", "replication"]
    by_run = {EVERYONE: runs.set_index(KEYS).sort_index()}
    if SOME:
        by_run[UNLABELLED] = people[people.population == UNLABELLED].set_index(KEYS).sort_index()
    BY_POPULATION = set(comparison.metric[comparison.population == UNLABELLED])


    def scope_of(metric):
        """Whose values of a metric decide; what only all accounts have is of everyone."""
        return UNLABELLED if metric in BY_POPULATION else EVERYONE


    decisive = comparison[comparison.population == comparison.metric.map(scope_of)]
    pd.DataFrame({"rows": {name: len(table) for name, table in tables.items()}})
    """#

  /// Computes intervals, paired differences and adjusted p-values from the runs alone.
  static let recompute = #"""
    def values(policy, metric, point, scope=None):
        """A metric in each replication; None where one of them has no value."""
        column = by_run[scope or scope_of(metric)].loc[(policy, point), metric]
        return None if column.isna().any() else column.to_numpy(dtype=float)


    def interval(values):
        """A two-sided 95 % Student-t interval; as wide as nothing where nothing varies."""
        if np.ptp(values) == 0:
            return values[0], values[0]
        return tuple(stats.ttest_1samp(values, 0).confidence_interval(0.95))


    def ends(prefix, values):
        """An interval in the columns of comparison.csv; one value has none."""
        if len(values) < 2:
            return {}
        low, high = interval(values)
        names = [prefix + name for name in ("half_width", "ci_lower", "ci_upper")]
        return dict(zip(names, [(high - low) / 2, low, high]))


    def alone(own):
        """The mean of a policy."""
        return {} if own is None else {"mean": own.mean()} | ends("", own)


    def against(base, own):
        """The differences from the baseline, world by world."""
        if own is None or base is None:
            return {}
        differences = own - base
        found = {"baseline_mean": base.mean(), "difference_mean": differences.mean()}
        if len(own) > 1 and np.ptp(differences) > 0:
            found["p_value"] = stats.ttest_rel(own, base).pvalue
        elif len(own) > 1 and differences[0] != 0:
            found["p_value"] = 0.0
        return found | ends("difference_", differences)


    def holm(p):
        """Holm's step-down adjustment (1979); what was not tested is not in the family."""
        p = np.asarray(p, dtype=float)
        tested = np.flatnonzero(~np.isnan(p))
        order = tested[np.argsort(p[tested], kind="stable")]
        adjusted = np.full(len(p), np.nan)
        weights = np.arange(len(order), 0, -1)
        adjusted[order] = np.minimum(1, np.maximum.accumulate(weights * p[order]))
        return adjusted


    families = []
    groups = comparison.groupby(["point", "population", "metric"], sort=False)
    for (point, scope, metric), rows in groups:
        base = values(BASELINE, metric, point, scope)
        found = []
        for policy in rows.policy:
            own = values(policy, metric, point, scope)
            found.append(alone(own) | ({} if policy == BASELINE else against(base, own)))
        found = pd.DataFrame(found, index=rows.index)
        found["scale"] = by_run[scope].xs(point, level="point")[metric].abs().max()
        if "p_value" in found:
            found["p_value_holm"] = holm(found.p_value)
        families.append(found)
    recomputed = pd.concat(families).loc[comparison.index]
    """#

  /// Holds what was computed against what Weir wrote.
  static let agree = #"""
    TOLERANCE = 1e-9
    COMPARED = [
        "mean", "half_width", "ci_lower", "ci_upper", "baseline_mean", "difference_mean",
        "difference_half_width", "difference_ci_lower", "difference_ci_upper", "p_value",
        "p_value_holm"]

    agreement = []
    for name in COMPARED:
        weir = comparison[name].to_numpy(dtype=float)
        scipy = recomputed.reindex(columns=COMPARED)[name].to_numpy(dtype=float)
        assert (np.isnan(weir) == np.isnan(scipy)).all(), f"{name}: a value is missing on one side"
        there = ~np.isnan(weir)
        # What is nearly 0 by cancellation has the last digits of what it was made from.
        floor = np.zeros(len(weir)) if name.startswith("p_") else 1e-12 * recomputed.scale
        size = np.maximum(np.abs(weir), floor / TOLERANCE)
        off = np.abs(weir - scipy)[there] / np.where(size > 0, size, 1)[there]
        agreement.append({
            "column": name, "numbers": there.sum(),
            "largest relative deviation": off.max(initial=0)})
        for row in comparison.index[there][off > TOLERANCE]:
            raise AssertionError(
                f"{name} of {comparison.metric[row]} under {comparison.policy[row]} is"
                f" {comparison[name][row]}, but scipy finds {recomputed[name][row]}")

    decided = comparison[comparison.verdict.isin(["better", "worse"])]
    assert (decided.p_value_holm <= 0.05).all()
    good = (decided.difference_mean > 0) == (decided.better == "higher")
    assert (good == (decided.verdict == "better")).all()
    pd.DataFrame(agreement).set_index("column")
    """#

  /// The same table, read by polars.
  static let polars = #"""
    again = (
        pl.read_csv(
            folder / "runs.csv", infer_schema_length=None,
            schema_overrides={"policy": pl.String, "point": pl.String, PRIMARY: pl.Float64})
        .filter(pl.col("replication") < REPLICATIONS)
        .group_by("policy", "point", maintain_order=True)
        .agg(
            pl.len().alias("replications"), pl.col(PRIMARY).mean().alias("mean"),
            pl.col(PRIMARY).std().alias("standard deviation")))
    for row in again.iter_rows(named=True):
        own = values(row["policy"], PRIMARY, row["point"], EVERYONE)
        assert own is None or np.isclose(row["mean"], own.mean(), rtol=TOLERANCE, atol=0)
    again
    """#
}
