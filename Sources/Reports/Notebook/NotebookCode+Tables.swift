/// The Python of the tables of a notebook.
extension NotebookCode {
  /// The comparison under the headings of the mission.
  static let tables = #"""
    def shown(value, half):
        """An estimate with two digits of its half width."""
        if pd.isna(value):
            return ""
        if pd.isna(half) or half == 0:
            return f"{value:.4g}"
        decimals = max(0, 1 - int(np.floor(np.log10(half))))
        return f"{value:,.{decimals}f} ± {half:,.{decimals}f}"


    def table(metrics, point):
        """Metrics as rows and policies as columns, the verdicts after the estimates."""
        rows = decisive[(decisive.point == point) & decisive.metric.isin(metrics)]
        cells = [
            f"{shown(mean, half)} {'' if pd.isna(verdict) else verdict}".strip()
            for mean, half, verdict in zip(rows["mean"], rows.half_width, rows.verdict)]
        wide = rows.assign(cell=cells).pivot(index="metric", columns="policy", values="cell")
        return wide.reindex(
            index=[name for name in metrics if name in wide.index], columns=POLICIES).rename_axis(
            index=None, columns=None)


    display(table([PRIMARY], POINT))
    for title, metrics in HEADINGS.items():
        found = table(metrics, POINT)
        if not found.empty:
            display(found.rename_axis(index=title))
    """#

  /// How each population fares.
  static let accounts = #"""
    here = people[(people.point == POINT) & (people.population != UNLABELLED)]
    served = here.pivot(
        index="replication", columns=["population", "policy"], values="served_share").astype(float)
    groups = list(dict.fromkeys(here.population))

    tests = []
    for population in groups:
        base = served[population, BASELINE].to_numpy()
        for policy in ORDER:
            own = served[population, policy].to_numpy()
            complete = not np.isnan([own, base]).any()
            row = {"population": population, "policy": policy}
            row |= alone(own) if not np.isnan(own).any() else {}
            tests.append(row | (against(base, own) if policy != BASELINE and complete else {}))
    tests = pd.DataFrame(tests)
    if "p_value" in tests:
        tests["p_value_holm"] = holm(tests.p_value)
    NUMBERS = ["mean", "half_width", "difference_mean", "difference_half_width", "p_value_holm"]
    tests.reindex(columns=["population", "policy", *NUMBERS]).set_index(["population", "policy"])
    """#
}
