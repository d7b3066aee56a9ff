# %% [markdown]
# # quickstart
#
# When the plan's five-hour window is used up: stop, or let credits take over?
#
# |  |  |
# | --- | --- |
# | made by | `weir run Scenarios/quickstart.json` |
# | Weir | 0.1.0 |
# | seed | `20261122` |
# | scenario (SHA-256) | `4a49828f2283c5f72718eadcbbe43dc5cac6f2f010e08330a3f64f37e356b960` |
# | policies | hard-stop, waterfall |
# | baseline | hard-stop |
# | replications | 10 |
# | quantiles | nearest rank; what was refused for good or never finished counts as a wait without end |
#
# The tables and figures below were drawn by Weir, so that the notebook can be read without running it. Running it computes and draws them again from `data`, with Python alone.

# %% tags=["parameters"]
DATA = "data"
POINT = None  # the point of a sweep whose distributions are shown; None is the first

# %%
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

# %% [markdown]
# ## What was found
#
# waterfall does best on the primary metric, surely better than the baseline hard-stop. Intents served: 88.6 ±6.3 % against 70.5 ±6.1 %, a difference of +18.2 ±3.3 points, p &lt; 0.0001.
#
# The price: it is surely worse on evenness of service (0.531 → 0.366). Accounts spend 1,437 credits for it in a run: they hold 3,874 when measuring begins, and 18 of the 200 buy 1,416 more.

# %%
HEADINGS = {
    "Fairness": ["jain_service", "jain_satisfaction", "accounts_served_share", "starvation_max_s"],
    "Latency": ["end_to_end_p50_s", "end_to_end_p95_s", "time_to_first_token_p95_s", "queue_wait_mean_s"],
    "Utilisation": ["utilisation", "useful_utilisation", "idle_while_denied", "overload_time_share", "recovery_s"],
    "Access": ["served_share", "hard_stops_per_session", "continuous_sessions", "lockout_mean_s"],
    "Money": ["revenue", "purchased_credits", "buyers", "refunded_overshoot", "denied_though_funded", "overrun"],
    "Abuse": ["abuse_precision", "abuse_recall", "abuse_detect_median_s", "innocent_harm"],
    "Alarms": ["crowds_found_share", "alarm_delay_median_s", "false_alarms_per_week"],
}

# %%
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

# %% [markdown]
# ## Weir's statistics, computed again
#
# From `runs.csv` and `populations.csv` alone, with scipy: Student-t intervals, differences within the same random worlds, and p-values after Holm's correction over the policies. Each must agree with `comparison.csv` to 1e-9, or the notebook stops.

# %%
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

# %%
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

# %%
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

# %% [markdown]
# ## How sure the differences are
#
# Filled marks are decided after Holm's correction, hollow ones are not.

# %%
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

# %% [markdown]
# ## Where served demand came from
#
# Means over the replications. Served intents are divided among the layers by the units that each of them paid.

# %%
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

# %% [markdown]
# ## What is traded for what
#
# Whiskers are 95 % intervals of each mean by itself.

# %%
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

# %% [markdown]
# ## How long it takes
#
# A curve that ends early stops at the share that is never served.

# %%
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

# %% [markdown]
# ## How evenly service is shared out
#
# Dashed: everyone gets the same.

# %%
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

# %% [markdown]
# ## Over time
#
# Means over the replications with their 95 % intervals.

# %%
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

# %% [markdown]
# ## Who was served, who was hurt
#
# The share of its intents that each population gets served; p-values are corrected over all populations and policies.

# %%
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

# %% [markdown]
# ## With polars
#
# The files are plain CSV: any tool reads them.

# %%
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
