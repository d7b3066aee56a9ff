#!/usr/bin/env bash
# Ten million requests whose settlement is late, doubled, disordered, lost and interrupted by
# crashes: every invariant of a run holds (Weir ends with 70 otherwise), and the balances of a
# smaller run of the same scenario are recomputed from its event files, twice over.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
weir=.build/release/weir scenario=Scenarios/settlement-faults.json

$weir run $scenario --replications 8 -q -o "$folder/large"
python3 - "$folder/large" <<'END'
import csv, sys

def rows(name):
    return list(csv.DictReader(open(f"{sys.argv[1]}/{name}.csv")))

runs, settlement = rows("runs"), rows("settlement")
attempts = sum(int(float(row["attempts"])) for row in runs)
total = {key: sum(int(row[key]) for row in settlement) for key in (
    "charges", "priced", "debited", "deliveries", "lost", "doubled", "held_up", "redeliveries",
    "early", "duplicates_dropped", "crashes")}
refunded = sum(int(float(row["refunded_overshoot"])) for row in runs)
print(f"money: {len(runs)} runs, {attempts} measured requests; all invariants hold")
print("money: " + ", ".join(f"{key} {value}" for key, value in total.items()))
print(f"money: charges lost {total['charges'] - total['debited']},"
      f" refunded overshoot {refunded} micro-credits")
assert attempts >= 10_000_000, attempts
assert total["charges"] == total["priced"] == total["debited"] > 1_000_000
assert all(value > 1000 for key, value in total.items() if key != "crashes"), total
assert total["crashes"] > 100 and refunded > 0
END

$weir run $scenario --replications 1 --set /horizon=30m --events -q -o "$folder/small"
$weir audit "$folder/small"
python3 Tests/Peers/balances.py "$folder/small"

# What is wrong is found: one debit less by a micro-credit.
mkdir "$folder/wrong"
cp "$folder"/small/{usage_events,monetization_events}.csv "$folder/wrong"
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) place[$i] = i }
  !done && $place["kind"] == "debit" { $place["amount"] += 1; done = 1 } { print }' \
  "$folder/small/balance_updates.csv" > "$folder/wrong/balance_updates.csv"
if $weir audit "$folder/wrong" > "$folder/audit.txt" 2>&1; then
  echo "the audit does not find a debit that is a micro-credit off"
  exit 1
fi
if python3 Tests/Peers/balances.py "$folder/wrong" > /dev/null; then exit 1; fi
head -n 1 "$folder/audit.txt"
