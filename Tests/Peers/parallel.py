"""What threads cost, and what a study keeps in memory, as the system counts it.

Efficiency: the time of two simultaneous processes with one thread and half of the runs each, over
the time of one process with two threads and all of them. Machines are shared, so that pairs are
made in turn, first one then the other, and the middle one of their ratios counts.

Memory: the most that a process had (ru_maxrss of wait4), for 10, 40 and 160 runs. It is bounded by
the runs in flight when it does not grow with the number of runs.

usage: parallel.py WEIR SCENARIO [PAIRS]
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

WEIR, SCENARIO = sys.argv[1], sys.argv[2]
PAIRS = int(sys.argv[3]) if len(sys.argv) > 3 else 7
RUNS = 40
# One policy, so that every second run is half of the work; ten times the accounts of the quickstart, so that a run takes some tenths of a second.
LARGE = ["--policy", "waterfall", "--set", "/populations/0/accounts=2k", "--set", "/fleet/0/servers=120"]
# The noise of shared machines is below this; an efficiency of half would be no parallelism at all.
LEAST_EFFICIENCY = 0.6
# Events of a run are in memory until it is written, so that runs are large.
EVENTS = ["--policy", "waterfall", "--events", "--set", "/populations/0/accounts=500", "--set", "/fleet/0/servers=30"]
# Allocators keep what was once used, and more runs find a larger one.
MOST_GROWTH = 1.35




def start(replications, options):
    words = [WEIR, "run", SCENARIO, "-q", "--replications", str(replications), *options]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def finish(process):
    """Waits for a process; the most memory that it had, in megabytes."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(process.args)} ended with {process.returncode}")
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)


def seconds(folder, jobs, shards):
    """The time in which all runs are made and kept by so many simultaneous processes."""
    begun = time.monotonic()
    processes = [
        start(RUNS, [*LARGE, "--shard", f"{shard}/{shards}", "-o", folder, "-j", str(jobs)])
        for shard in range(shards)
    ]
    for process in processes:
        finish(process)
    taken = time.monotonic() - begun
    made = sum(name.endswith(".run") for name in os.listdir(folder))
    if made != RUNS:
        sys.exit(f"{made} of {RUNS} runs were made")
    shutil.rmtree(folder)
    return taken


def efficiency(folder):
    threads, processes = [], []
    for pair in range(PAIRS):
        sides = [(threads, 2, 1), (processes, 1, 2)]
        for times, jobs, shards in sides if pair % 2 == 0 else reversed(sides):
            times.append(seconds(f"{folder}/shards", jobs, shards))
    ratios = sorted(process / thread for process, thread in zip(processes, threads))
    print(
        f"{RUNS} runs, {PAIRS} pairs in turn: {statistics.median(threads):.2f} s with -j 2,"
        f" {statistics.median(processes):.2f} s by two processes with -j 1 and half each"
    )
    middle = statistics.median(ratios)
    print(
        f"parallel efficiency at -j 2: {middle:.3f}"
        f" (of pairs: {' '.join(f'{ratio:.2f}' for ratio in ratios)})"
    )
    return middle


def memory(folder, runs, jobs):
    """The most memory while so many runs are made, and while they are taken from records."""
    options = [*EVENTS, "-j", str(jobs), "-o", f"{folder}/out", "--records", f"{folder}/records"]
    made = finish(start(runs, options))
    size = sum(os.path.getsize(entry) for entry in os.scandir(f"{folder}/records"))
    again = finish(start(runs, options))
    for name in ("out", "records"):
        shutil.rmtree(f"{folder}/{name}")
    print(
        f"{runs:4} runs with -j {jobs}: at most {made:6.1f} MB while they are made,"
        f" {again:6.1f} MB while {size / 2**20:.0f} MB of records are put together"
    )
    return made, again


def main():
    with tempfile.TemporaryDirectory() as folder:
        found = efficiency(folder)
        few, some, many = (memory(folder, runs, 2) for runs in (10, 40, 160))
        wide = memory(folder, 40, 8)
    growth = [last / first for first, last in zip(few, many)]
    print(
        f"16 times as many runs: {growth[0]:.2f} times the memory to make them,"
        f" {growth[1]:.2f} times to put them together; four times as many threads:"
        f" {wide[0] / some[0]:.2f} times"
    )
    wrong = []
    if os.cpu_count() == 1:
        print("one processor: an efficiency of two threads means nothing here")
    elif found < LEAST_EFFICIENCY:
        wrong.append(f"an efficiency below {LEAST_EFFICIENCY}")
    if max(growth) > MOST_GROWTH:
        wrong.append(f"memory that grows with runs, {MOST_GROWTH} times and more")
    if wrong:
        sys.exit("; ".join(wrong))


if __name__ == "__main__":
    main()
