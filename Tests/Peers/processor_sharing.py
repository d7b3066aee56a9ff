"""Checks Fixtures/processor_sharing.csv by exact rational arithmetic, and can write it anew.

    python3 Tests/Peers/processor_sharing.py            compare; exit 1 on a difference
    python3 Tests/Peers/processor_sharing.py --write    write the file

A server shared by its jobs, served event by event with `fractions.Fraction`, so that no departure
is ever rounded: the column holds its floor in whole nanoseconds. Total speeds by concurrency are
those of `TABLES`, in units of 2^-32; the last one holds for any greater number of jobs.
"""

import pathlib
import random
import sys
from fractions import Fraction

FIXTURE = pathlib.Path(__file__).parent.parent / "KernelTests" / "Fixtures" / "processor_sharing.csv"
HEADER = "table,arrival_ns,work_ns,departure_floor_ns"
FULL = 2**32
TABLES = [[FULL], [FULL, FULL * 7 // 4, FULL * 9 // 4, FULL * 5 // 2], [1_234_567_890, 987_654_321]]


def departures(jobs, table):
    """The exact departure of each (arrival, work), arrivals ascending."""
    now, present, done, following = Fraction(0), {}, {}, 0
    while following < len(jobs) or present:
        arrival = jobs[following][0] if following < len(jobs) else None
        if present:
            count = len(present)
            speed = Fraction(table[min(count, len(table)) - 1], FULL * count)
            first = min(present, key=lambda job: (present[job], job))
            end = now + present[first] / speed
            step = end if arrival is None or end <= arrival else Fraction(arrival)
            for job in present:
                present[job] -= (step - now) * speed
            now = step
            if step == end:
                done[first] = now
                del present[first]
                continue
        now = Fraction(arrival)
        present[following] = Fraction(jobs[following][1])
        following += 1
    return [done[job] for job in range(len(jobs))]


def main():
    lines = [HEADER]
    for number, table in enumerate(TABLES):
        source = random.Random(20261122 + number)
        arrival, jobs = 0, []
        for _ in range(250):
            arrival += source.choice([0, source.randrange(50), source.randrange(4_000_000)])
            jobs.append((arrival, source.choice([1, source.randrange(100), source.randrange(2_000_000)])))
        for (start, work), end in zip(jobs, departures(jobs, table)):
            lines.append(f"{number},{start},{work},{end.numerator // end.denominator}")
    if "--write" in sys.argv[1:]:
        FIXTURE.write_text("\n".join(lines) + "\n")
    if FIXTURE.read_text().splitlines() != lines:
        sys.exit(f"{FIXTURE.name} is not what exact arithmetic gives")
    print(f"processor sharing: {len(lines) - 1} departures agree with exact rational arithmetic")


if __name__ == "__main__":
    main()
