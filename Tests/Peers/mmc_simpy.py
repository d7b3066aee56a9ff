"""Runs Scenarios/theory/mmc.json in SimPy and compares its wait with Weir's and with the exact one.

    python3 -m venv v && v/bin/pip install scipy==1.17.1 simpy==4.1.2
    v/bin/python Tests/Peers/mmc_simpy.py runs.csv

16 servers, 14.4 arrivals and 1 s of service, all exponential; runs.csv are Weir's results. Both
99.9 % Student-t intervals must hold the exact wait and overlap; exit 1 if not. SimPy's runs are
fewer and shorter, since it takes a hundred times as long: its interval is the wider one.
"""

import csv
import random
import sys
from math import sqrt

import simpy
from scipy import stats

SERVERS, RATE = 16, 14.4
WARMUP, HORIZON, REPLICATIONS = 600, 3600, 12
EXACT = 0.369590  # Erlang C: Wq = C / (c - a), C = 0.591343


def mean_wait(seed):
    """The mean wait in seconds of those who arrive after the warm-up."""
    source, world, waits = random.Random(seed), simpy.Environment(), []
    servers = simpy.Resource(world, SERVERS)

    def request():
        arrival = world.now
        with servers.request() as turn:
            yield turn
            if arrival >= WARMUP:
                waits.append(world.now - arrival)
            yield world.timeout(source.expovariate(1))

    def arrivals():
        while True:
            yield world.timeout(source.expovariate(RATE))
            world.process(request())

    world.process(arrivals())
    world.run(until=HORIZON)
    return sum(waits) / len(waits)


def interval(values):
    """The bounds of the 99.9 % Student-t interval of the mean."""
    count, mean = len(values), sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (count - 1)
    half = stats.t.ppf(0.9995, count - 1) * sqrt(variance / count)
    return mean - half, mean + half


def main():
    with open(sys.argv[1]) as file:
        weir = [float(row["queue_wait_mean_s"]) for row in csv.DictReader(file)]
    peer = [mean_wait(20261122 + replication) for replication in range(REPLICATIONS)]
    intervals = {"Weir": interval(weir), f"SimPy {simpy.__version__}": interval(peer)}
    for name, (low, high) in intervals.items():
        print(f"M/M/16 at 0.9, mean wait in {name}: {low:.5f} to {high:.5f} s, exactly {EXACT} s")
        if not low <= EXACT <= high:
            sys.exit(f"{name} does not hold the exact wait")
    if max(low for low, _ in intervals.values()) > min(high for _, high in intervals.values()):
        sys.exit("the intervals do not overlap")


if __name__ == "__main__":
    main()
