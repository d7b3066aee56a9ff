"""Measures the whole command: time against a C++ program, allocations, memory.

    python speed.py WEIR MODEL_C ALLOCATIONS.SO

Time is processor time in user mode, as the operating system accounts for a finished process: the
two programs run in turn, and the median of the ratios pair by pair counts, so that a machine which
changes its speed disturbs both alike. A neighbour on the same core does not: it takes caches away,
of which the larger program needs more. It can only add to the ratio, so that a median above the
aim is measured again, in at most three rounds, and the least of them counts. All are printed.
"""

import json
import os
import shutil
import statistics
import sys
import tempfile

PAIRS = 9
ROUNDS = 3
AIM = 3.0
# Alone on a machine it takes 2.5 to 2.7 times as long; on a host that is full, 3.2 was measured in
# every round, when a program that takes 3.0 alone took 3.8. What fails is a step back beyond that.
GREATEST_RATIO = 3.5
# A request takes about 4 events. Fewer than one allocation in a hundred requests is none per event:
# what is left comes from the rows of the timeline and from arrays that double.
GREATEST_ALLOCATIONS_PER_REQUEST = 0.01
# The peak may differ by what arrays that double reach sooner or later, not by the requests.
GREATEST_GROWTH_BYTES_PER_REQUEST = 0.5
GREATEST_BYTES_PER_ACCOUNT = 300

weir, model_c, allocations = (os.path.abspath(path) for path in sys.argv[1:4])
scenario = "Scenarios/theory/buckets-and-servers.json"
folder = tempfile.mkdtemp()
failures = []


def run(command, **environment):
    """Runs a command; returns what it used, and what it printed."""
    with open(os.path.join(folder, "output.txt"), "w+") as output:
        process = os.posix_spawn(
            command[0], command, {**os.environ, **environment},
            file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1)])
        _, status, usage = os.wait4(process, 0)
        # 99: thresholds have not passed, as one replication has no interval.
        code = os.waitstatus_to_exitcode(status)
        assert code in (0, 99), f"{command} ended with {code}"
        output.seek(0)
        return usage, output.read()


def run_weir(path, horizon, **environment):
    """One replication of a scenario on one thread; returns its use and its metrics."""
    results, records = os.path.join(folder, "results"), os.path.join(folder, "records")
    for earlier in (results, records):  # A finished run would be found, not run again.
        shutil.rmtree(earlier, ignore_errors=True)
    usage, _ = run(
        [weir, "run", path, "-q", "-o", results, "--records", records, "--replications", "1",
         "-j", "1", "--set", f"/horizon={horizon}s"], **environment)
    with open(os.path.join(results, "runs.csv")) as table:
        names, values = (line.rstrip("\n").split(",") for line in list(table)[:2])
    return usage, dict(zip(names, values))


def check(name, value, bound, unit):
    verdict = "" if value <= bound else "  TOO MUCH"
    print(f"{name}: {value:.4g} {unit} (at most {bound:.4g}){verdict}")
    if verdict:
        failures.append(name)


def ratio():
    """The same model, for the same number of requests, with the same answer."""
    _, row = run_weir(scenario, 1060)
    _, words = run([model_c, "1007000"])
    words = words.split()
    theirs = dict(zip(words[::2], map(float, words[1::2])))
    ours = int(row["denied"]) / int(row["intents"])
    print(f"requests: {int(row['intents'])} measured of Weir's, {theirs['requests']:.0f} of C++;"
          f" refused {ours:.4f} and {theirs['denied']:.4f}")
    assert abs(int(row["intents"]) / 997500 - 1) < 0.01, "the models differ in requests"
    assert abs(ours - theirs["denied"]) < 0.005, "the models differ in refusals"
    medians = []
    for _ in range(ROUNDS):
        seconds = [
            (run_weir(scenario, 1060)[0].ru_utime, run([model_c, "1007000"])[0].ru_utime)
            for _ in range(PAIRS)]
        ratios = [mine / other for mine, other in seconds]
        print("user seconds, median:", " and ".join(
            f"{statistics.median(column):.3f}" for column in zip(*seconds)),
            f"of {PAIRS} pairs, ratios from {min(ratios):.2f} to {max(ratios):.2f},"
            f" median {statistics.median(ratios):.2f}")
        medians.append(statistics.median(ratios))
        if medians[-1] <= AIM:
            break
    met = "met" if min(medians) <= AIM else "missed: measure on a machine that does nothing else"
    print(f"the aim, {AIM:.1f} times, is {met}")
    check("time over that of C++", min(medians), GREATEST_RATIO, "times")


def steady_state():
    """Two lengths of one run differ by their requests alone."""
    counted = os.path.join(folder, "counted.txt")
    found = []
    for horizon in (1060, 4240):
        _, row = run_weir(scenario, horizon, LD_PRELOAD=allocations, ALLOCATIONS=counted)
        usage, _ = run_weir(scenario, horizon)
        with open(counted) as file:
            found.append((int(row["attempts"]), int(file.read()), usage.ru_maxrss * 1024))
    (few, calls, bytes_of_few), (many, more_calls, bytes_of_many) = found
    print(f"{few} and {many} attempts: {calls} and {more_calls} allocations,"
          f" {bytes_of_few / 1e6:.1f} and {bytes_of_many / 1e6:.1f} MB at the peak")
    check("allocations", (more_calls - calls) / (many - few), GREATEST_ALLOCATIONS_PER_REQUEST,
          "more a request")
    check("memory", (bytes_of_many - bytes_of_few) / (many - few),
          GREATEST_GROWTH_BYTES_PER_REQUEST, "bytes more a request")


def accounts():
    """A million accounts, and a thousand, that ask equally often together."""
    peaks = []
    with open(scenario) as file:
        described = json.load(file)
    for count in (1_000, 1_000_000):
        described["populations"] = [dict(
            described["populations"][0], accounts=count)]
        described["populations"][0]["workload"]["interarrival"]["mean"] = f"{count // 100}s"
        path = os.path.join(folder, "accounts.json")
        with open(path, "w") as file:
            json.dump({key: value for key, value in described.items()
                       if key not in ("$schema", "thresholds")}, file)
        usage, row = run_weir(path, 1060)
        peaks.append(usage.ru_maxrss * 1024)
        print(f"{row['accounts']} accounts, {row['attempts']} attempts:"
              f" {peaks[-1] / 1e6:.1f} MB at the peak, {usage.ru_utime:.2f} user seconds")
    check("memory", (peaks[1] - peaks[0]) / 999_000, GREATEST_BYTES_PER_ACCOUNT,
          "bytes an account")


try:
    ratio()
    steady_state()
    accounts()
finally:
    shutil.rmtree(folder)
sys.exit(f"too much: {', '.join(failures)}" if failures else 0)
