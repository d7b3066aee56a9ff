/// The Python of the figures of a notebook.
extension NotebookCode {
  /// How figures look, and how they are shown the same in every run.
  static let style = #"""
    matplotlib.use("agg")
    plt.rcParams.update({
        "svg.fonttype": "none", "svg.hashsalt": "weir", "figure.figsize": (7, 4),
        "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
        "grid.color": "#dfe2e6", "axes.axisbelow": True})

    # The colours of Okabe and Ito, each with a marker of its own; the baseline is black.
    COLOURS = [
        "#1a1c1f", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#b3a400"]
    MARKERS = ["o", "s", "^", "D", "v", "P", "X", "h"]
    ORDER = [BASELINE] + [policy for policy in POLICIES if policy != BASELINE]
    STYLE = {
        policy: {"color": COLOURS[place % 8], "marker": MARKERS[(place + place // 8) % 8]}
        for place, policy in enumerate(ORDER)}


    def show(figure):
        """Shows a figure as SVG without a date in it, so that it is the same in every run."""
        figure.tight_layout()
        drawing = io.StringIO()
        figure.savefig(drawing, format="svg", metadata={"Date": None})
        plt.close(figure)
        display(SVG(drawing.getvalue()))


    def mean_of(rows):
        """The mean and half width over rows of replications; NaN unless all are there."""
        rows = np.asarray(rows, dtype=float)
        mean = rows.mean(axis=0)
        if len(rows) < 2:
            return mean, np.zeros_like(mean)
        half = stats.t.ppf(0.975, len(rows) - 1) * rows.std(axis=0, ddof=1) / np.sqrt(len(rows))
        return mean, half
    """#

  /// Paired differences.
  static let forest = #"""
    def forest(axes, metrics, relative):
        """Differences from the baseline: filled where they are decided, hollow where not."""
        rows = decisive[(decisive.point == POINT) & decisive.metric.isin(metrics)]
        others = ORDER[1:]
        for place, metric in enumerate(metrics):
            for lane, policy in enumerate(others):
                row = rows[(rows.metric == metric) & (rows.policy == policy)]
                if row.empty or row.difference_mean.isna().all():
                    continue
                row = row.iloc[0]
                if relative and row.baseline_mean == 0:
                    continue
                scale = 100 / abs(row.baseline_mean) if relative else 1
                y = place + 0.7 * ((lane + 0.5) / len(others) - 0.5)
                decided = row.verdict in ("better", "worse")
                axes.errorbar(
                    row.difference_mean * scale, y, xerr=row.difference_half_width * scale,
                    **STYLE[policy], mfc=STYLE[policy]["color"] if decided else "white",
                    label=policy if place == 0 else None, ls="none")
        axes.axvline(0, color="#5a6069", ls="--", lw=1)
        axes.set_yticks(range(len(metrics)), metrics)
        axes.set_ylim(len(metrics) - 0.4, -0.6)
        axes.set_xlabel(f"{'change in % of' if relative else 'policy −'} {BASELINE}")


    if len(POLICIES) > 1:
        figure, axes = plt.subplots(figsize=(7, 1.2 + 0.4 * len(POLICIES)))
        forest(axes, [PRIMARY], relative=False)
        axes.legend()
        show(figure)
        for title, metrics in HEADINGS.items():
            there = decisive[
                decisive.difference_mean.notna() & (decisive.baseline_mean != 0)
                & (decisive.point == POINT)]
            metrics = [metric for metric in metrics if metric in set(there.metric)]
            if not metrics:
                continue
            figure, axes = plt.subplots(figsize=(7, 1 + 0.16 * (len(POLICIES) + 1) * len(metrics)))
            forest(axes, metrics, relative=True)
            axes.set_xlim(max(-150, axes.get_xlim()[0]), min(150, axes.get_xlim()[1]))
            axes.set_title(title)
            show(figure)
    """#

  /// Where served demand came from.
  static let payers = #"""
    ENDS = {
        "refused for good": "denied_for_good", "left the queue": "abandoned", "failed": "failed",
        "still open": "in_flight"}
    ABOUT = [
        population["name"] for population in manifest["scenario"]["populations"]
        if SOME and not population["abusive"]] or [EVERYONE]
    paying = tables["layers"].query("role in ['allowance', 'fund'] and population in @ABOUT")
    names = list(dict.fromkeys(paying.layer))
    SERVED = [*names, "beyond what was paid", "served, no layer pays"]

    # Units of different products do not add up, so that each product has bars of its own.
    asked = {
        population["name"]: population["workload"].get("product")
        for population in manifest["scenario"]["populations"]}
    PRODUCTS = [name for name in manifest["scenario"]["products"] if name in asked.values()]
    split = len(PRODUCTS) > 1 and set(asked.values()) <= set(PRODUCTS)
    bars = {}
    for product in PRODUCTS if split else [None]:
        for policy in ORDER:
            own = people if split or SOME else runs
            own = own[(own.policy == policy) & (own.point == POINT)]
            if split:
                own = own[own.population.map(asked) == product]
            if SOME:
                own = own[own.population.isin(ABOUT)]
            needed = ["intents", "completed", "overrun", *ENDS.values()]
            own = own.groupby("replication")[needed].sum()
            here = paying[(paying.policy == policy) & (paying.point == POINT)]
            units = here.pivot_table(
                index="replication", columns="layer", aggfunc="sum",
                values=f"paid_{product}" if split else "paid")
            units = units.reindex(index=own.index, columns=names).astype(float).fillna(0)
            units["beyond what was paid"] = own.overrun
            used = units.sum(axis=1)
            served = own.completed / own.intents * 100
            shares = units.div(used.where(used > 0), axis=0).fillna(0)
            bar = shares.mul(served, axis=0).mean()
            bar[SERVED[-1]] = served.where(used == 0, 0).mean()
            for name, metric in ENDS.items():
                bar[name] = (own[metric] / own.intents * 100).mean()
            bars[f"{policy}, {product}" if split else policy] = bar
    bars = pd.DataFrame(bars).T[[*SERVED, *ENDS]]
    bars = bars.loc[:, (bars > 0).any()]

    figure, axes = plt.subplots(figsize=(7, 1.4 + 0.5 * len(bars)))
    left = np.zeros(len(bars))
    for place, name in enumerate(bars):
        lost = name in ENDS
        axes.barh(
            bars.index, bars[name], left=left, label=name, edgecolor="#1a1c1f" if lost else "white",
            color="white" if lost else COLOURS[1 + place % 7], hatch="////" if lost else None)
        left += bars[name].to_numpy()
    axes.invert_yaxis()
    axes.set_xlabel("% of measured intents")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.35), ncols=2, frameon=False)
    show(figure)
    bars.round(2)
    """#

  /// What is traded for what.
  static let trade = #"""
    def estimate(values):
        """A mean with its half width; NaN unless every replication has a value."""
        values = np.asarray(values, dtype=float)
        mean, half = mean_of(values[:, None])
        return mean[0], half[0]


    def scatter(title, x_title, x, y_title, y):
        """Policies by two objectives, with whiskers both ways."""
        figure, axes = plt.subplots()
        for policy in ORDER:
            (across, wide), (up, high) = estimate(x(policy)), estimate(y(policy))
            if np.isnan([across, up]).any():
                continue
            axes.errorbar(
                across, up, xerr=wide, yerr=high, **STYLE[policy], ls="none", label=policy)
        axes.set(title=title, xlabel=x_title, ylabel=y_title)
        axes.legend()
        show(figure)


    def first(metrics):
        """The first metric that most policies have in every replication."""
        return max(metrics, key=lambda name: sum(
            values(policy, name, POINT) is not None for policy in POLICIES))


    def column(metric):
        runs_of = by_run[scope_of(metric)]
        return lambda policy: runs_of.loc[(policy, POINT), metric].astype(float)


    latency = first(
        ["end_to_end_p95_s", "end_to_end_p50_s", "end_to_end_mean_s", "queue_wait_p95_s",
         "queue_wait_mean_s"])
    fairness = first(["jain_satisfaction", "jain_service"])
    if len(POLICIES) > 1:
        scatter("Latency against fairness", latency, column(latency), fairness, column(fairness))
        scatter(
            "Utilisation against denials", "refused for good, % of intents",
            lambda policy: 100 * column("denied_for_good")(policy) / column("intents")(policy),
            "useful utilisation, %", lambda policy: 100 * column("useful_utilisation")(policy))
    """#

  /// Distributions of latency.
  static let latency = #"""
    latencies = tables["latency"]
    latencies = latencies[(latencies.point == POINT) & (latencies.quantity == "end_to_end")]
    if SOME:
        latencies = latencies[latencies.population != EVERYONE]
    everyone = list(dict.fromkeys(latencies.population))
    for population in everyone if len(everyone) > 2 else everyone[:1]:
        figure, axes = plt.subplots()
        for policy in ORDER:
            own = latencies[(latencies.policy == policy) & (latencies.population == population)]
            wide = own.pivot(index="replication", columns="probability", values="latency_s")
            wide = wide.loc[:, wide.columns < 1]
            mean, half = mean_of(wide)
            if np.isnan(mean).all():
                continue
            rest = 1 - wide.columns.to_numpy(dtype=float)
            axes.plot(mean, rest, **STYLE[policy], markevery=25, label=policy)
            axes.fill_betweenx(
                rest, np.maximum(mean - half, 1e-9), mean + half, alpha=0.16,
                color=STYLE[policy]["color"], lw=0)
        axes.set(
            xscale="log", yscale="log", xlabel="time from first attempt to end, s",
            ylabel="share of intents that take longer", title=population)
        if axes.lines:
            axes.legend()
        show(figure)
    """#

  /// Lorenz curves.
  static let lorenz = #"""
    curves = tables["lorenz"][tables["lorenz"].point == POINT]
    curves = curves[curves.population == (UNLABELLED if SOME else EVERYONE)]
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 100], [0, 100], color="#5a6069", ls="--", lw=1)
    for policy in ORDER:
        own = curves[curves.policy == policy]
        (across, _), (up, half) = (
            mean_of(own.pivot(index="replication", columns="point_index", values=name) * 100)
            for name in ("accounts_share", "service_share"))
        axes.plot(across, up, **STYLE[policy], markevery=20, label=policy)
        axes.fill_between(
            across, up - half, up + half, alpha=0.16, color=STYLE[policy]["color"], lw=0)
    axes.set(xlabel="% of accounts, those served least first", ylabel="% of all service")
    axes.legend()
    show(figure)
    """#

  /// What happened over time.
  static let timeline = #"""
    line = tables["timeline"][tables["timeline"].point == POINT].copy()
    for track in ["offered", "admitted", "denied", "completed"]:
        if "labelled_" + track in line:
            line[track] -= line["labelled_" + track]
    TRACKS = {
        "offered": "offered, intents", "admitted": "admitted, attempts",
        "denied": "denied, attempts", "queue_mean": "waiting requests",
        "utilisation": "share of servers busy", "limit_in_force": "limit in force",
        "price": "price", "balance": "all balances, micro-credits"}
    for track, title in TRACKS.items():
        if track not in line or not (line[track].fillna(0) != 0).any():
            continue
        figure, axes = plt.subplots(figsize=(7, 2.6))
        for policy in ORDER:
            own = line[line.policy == policy]
            mean, half = mean_of(own.pivot(index="replication", columns="interval", values=track))
            hours = own[own.replication == 0].sort_values("interval")
            hours = ((hours.start_s + hours.end_s) / 2 / 3600).to_numpy(dtype=float)
            axes.plot(hours, mean, **STYLE[policy], markevery=8, label=policy)
            axes.fill_between(
                hours, np.maximum(mean - half, 0), mean + half, alpha=0.16,
                color=STYLE[policy]["color"], lw=0)
        axes.set(xlabel="hours since the start", ylabel=title, ylim=(0, None))
        axes.legend(fontsize="small")
        show(figure)
    """#

  /// The primary metric over the points of a sweep.
  static let sweep = #"""
    figure, axes = plt.subplots()
    for policy in ORDER:
        runs_of = by_run[scope_of(PRIMARY)]
        estimates = [estimate(runs_of.loc[(policy, point), PRIMARY]) for point in POINTS]
        mean, half = np.array(estimates).T
        axes.errorbar(POINTS, mean, yerr=half, **STYLE[policy], capsize=2, label=policy)
    axes.set(ylabel=PRIMARY)
    axes.tick_params(axis="x", rotation=30)
    axes.legend()
    show(figure)
    """#
}
