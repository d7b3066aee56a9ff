"""Checks the results of the theory scenarios against exact answers of queueing theory.

    python3 -m venv v && v/bin/pip install scipy==1.17.1
    v/bin/python Tests/Peers/closed_forms.py FOLDER

FOLDER holds the results of each scenario of Scenarios/theory in a folder of its name. A claim holds
when the exact value lies in the 99.9 % Student-t interval over the 30 replications; exit 1 if one
does not. Time is in units of the mean service (1 s) unless a formula says otherwise.
"""

import csv
import pathlib
import sys
from math import exp, factorial, sqrt

from scipy import stats

SCENARIOS = pathlib.Path(__file__).parent.parent.parent / "Scenarios" / "theory"
LEVEL, REPLICATIONS = 0.999, 30


def erlang_b(servers, offered):
    """M/G/c/c: P(loss) = (a^c / c!) / sum a^k / k!, whatever the law of service (Erlang, Sevast'yanov)."""
    terms = [offered**k / factorial(k) for k in range(servers + 1)]
    return terms[-1] / sum(terms)


def mmc_wait(servers, offered):
    """M/M/c: Wq = C / (c - a), C = B / (1 - rho (1 - B)) (Erlang C)."""
    loss, load = erlang_b(servers, offered), offered / servers
    return loss / (1 - load * (1 - loss)) / (servers - offered)


def pollaczek_khinchine(rate, second_moment, load):
    """M/G/1: Wq = lambda E[S^2] / (2 (1 - rho))."""
    return rate * second_moment / (2 * (1 - load))


def mm1k_block(load, room):
    """M/M/1/K: P(full) = rho^K (1 - rho) / (1 - rho^(K + 1))."""
    return load**room * (1 - load) / (1 - load ** (room + 1))


def cobham(rates):
    """M/M/1, non-preemptive: Wq_k = R / ((1 - s_(k-1)) (1 - s_k)), R = sum lambda E[S^2] / 2."""
    residual, waits, before = sum(rates), [], 0.0  # E[S^2] = 2
    for rate in rates:
        waits.append(residual / ((1 - before) * (1 - before - rate)))
        before += rate
    return waits


def token_bucket(capacity, load):
    """The bucket's deficit is the work of M/D/1 with at most B in system: 1 - b / (1 + rho b),
    b = sum_(k < B) (-1)^k / k! (B-1-k)^k e^((B-1-k) rho) rho^k (Brun and Garcia 2000)."""
    b = sum(
        (-1) ** k / factorial(k) * (capacity - 1 - k) ** k * exp((capacity - 1 - k) * load) * load**k
        for k in range(capacity))
    return 1 - b / (1 + load * b)


def fixed_window(limit, expected):
    """E[(A - L)+] / E[A] of a Poisson count A."""
    return sum((k - limit) * stats.poisson.pmf(k, expected) for k in range(limit + 1, 200)) / expected


def column(name):
    return lambda row: float(row[name])


def refused(row):
    return float(row["denied"]) / float(row["attempts"])


WAIT, SOJOURN = "queue_wait_mean_s", "end_to_end_mean_s"
# Scenario, population (None: all), quantity, its measure, exact value.
CLAIMS = [
    ("mm1", None, WAIT, column(WAIT), pollaczek_khinchine(0.8, 2, 0.8)),
    ("mm1", None, SOJOURN, column(SOJOURN), 1 / (1 - 0.8)),
    ("mm1", None, "queue_mean", column("queue_mean"), 0.8**2 / (1 - 0.8)),
    ("mm1", None, "utilisation", column("utilisation"), 0.8),
    ("mmc", None, WAIT, column(WAIT), mmc_wait(16, 14.4)),
    ("mmc", None, "queue_mean", column("queue_mean"), 14.4 * mmc_wait(16, 14.4)),
    ("mmc", None, "utilisation", column("utilisation"), 0.9),
    ("md1", None, WAIT, column(WAIT), pollaczek_khinchine(0.8, 1, 0.8)),
    ("md1", None, "utilisation", column("utilisation"), 0.8),
    ("mm1k", None, "refused share", refused, mm1k_block(1.2, 10)),
    ("erlang-loss", None, "refused share", refused, erlang_b(10, 8)),
    ("priority", "first", WAIT, column(WAIT), cobham([0.4, 0.4])[0]),
    ("priority", "second", WAIT, column(WAIT), cobham([0.4, 0.4])[1]),
    ("ps-exponential", None, SOJOURN, column(SOJOURN), 1 / (1 - 0.8)),
    ("ps-exponential", None, "slowdown_mean", column("slowdown_mean"), 1 / (1 - 0.8)),
    ("ps-lognormal", None, SOJOURN, column(SOJOURN), 1 / (1 - 0.8)),
    ("ps-lognormal", None, "slowdown_mean", column("slowdown_mean"), 1 / (1 - 0.8)),
    ("token-bucket", None, "refused share", refused, token_bucket(10, 1)),
    # Each admission holds one of L tokens for the whole trailing window: M/D/L/L.
    ("sliding-log", None, "refused share", refused, erlang_b(10, 10)),
    ("fixed-window", None, "refused share", refused, fixed_window(10, 10)),
    # 900 accounts at half the refill rate and 100 at five times it.
    (
        "buckets-and-servers", None, "refused share", refused,
        (450 * token_bucket(10, 0.5) + 500 * token_bucket(10, 5)) / 950),
    ("cycles", None, "refused share", refused, fixed_window(10, 10)),
    ("leaky-queue", None, "refused share", refused, token_bucket(10, 1)),
    # A pacer is the queue of M/D/1; the server behind it takes a millisecond.
    ("pacer", None, SOJOURN, column(SOJOURN), pollaczek_khinchine(0.8, 1, 0.8) + 0.001),
    ("concurrency", None, "refused share", refused, erlang_b(10, 8)),
]


def main():
    folder = pathlib.Path(sys.argv[1])
    unclaimed = {file.stem for file in SCENARIOS.glob("*.json")} - {claim[0] for claim in CLAIMS}
    if unclaimed:
        sys.exit(f"no claim is made about {sorted(unclaimed)}")
    failed = 0
    for scenario, population, quantity, measure, exact in CLAIMS:
        with open(folder / scenario / ("populations.csv" if population else "runs.csv")) as file:
            values = [
                measure(row) for row in csv.DictReader(file)
                if population is None or row["population"] == population]
        count = len(values)
        if count != REPLICATIONS:
            sys.exit(f"{scenario}: {count} values, not {REPLICATIONS}")
        mean = sum(values) / count
        variance = sum((value - mean) ** 2 for value in values) / (count - 1)
        half = stats.t.ppf((1 + LEVEL) / 2, count - 1) * sqrt(variance / count)
        holds = abs(mean - exact) <= half
        failed += not holds
        print(
            f"{scenario}, {quantity}{f' of {population}' if population else ''}: "
            f"{mean:.6f} ± {half:.6f}, exactly {exact:.6f}{'' if holds else ': OUTSIDE'}")
    print(f"{len(CLAIMS) - failed} of {len(CLAIMS)} claims of theory hold at {LEVEL:.1%}")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
