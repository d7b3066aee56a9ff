#!/usr/bin/env bash
# The package of README and documentation: a layer, a workload and a scheduler outside Weir, their
# tests and a run with each.
set -euo pipefail
cd "$(dirname "$0")/../../Tests/Example"
swift test 2>&1 | grep -E 'error|✘|Test run'
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
swift run MyWeir catalogue minimumGap | grep -q 'At least so much time'
swift run MyWeir run gaps.json -o "$folder/gaps" > "$folder/summary.txt"
grep -q '^gaps: 2 policies' "$folder/summary.txt"
grep -c '^gaps,' "$folder/gaps/runs.csv" | sed 's/$/ runs under the policy with the added layer/'
swift run MyLab run batches.json -o "$folder/batches" > "$folder/summary.txt"
grep -q '^batches: 2 policies' "$folder/summary.txt"
grep -c '^cheapest-first,' "$folder/batches/runs.csv" | sed 's/$/ runs under the added scheduler, with the added workload/'
