#!/usr/bin/env bash
# What goes wrong is said by the exit code, and never leaves half of anything in a place of results.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
mounted=""
trap 'if [ -n "$mounted" ]; then umount "$mounted"; fi; rm -r "$folder"' EXIT
weir=.build/release/weir quickstart=Scenarios/quickstart.json
checked=0

# ends CODE WHAT COMMAND...: the command ends with that exit code.
ends() {
  local code=$1 what=$2 status=0
  shift 2
  "$@" > "$folder/output.txt" 2> "$folder/errors.txt" || status=$?
  if [ "$status" -ne "$code" ]; then
    echo "$what: ended with $status, not $code"
    cat "$folder/errors.txt"
    exit 1
  fi
  checked=$((checked + 1))
  echo "$code: $what"
}

digests() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum); }

ends 64 "an unknown option" $weir run $quickstart --nonsense
ends 64 "an unknown command" $weir nonsense
sed 's/"replications": 10/"replications": 0/' $quickstart > "$folder/invalid.json"
ends 65 "a field out of range" $weir validate "$folder/invalid.json"
ends 65 "a scenario that is not valid is not run" $weir run "$folder/invalid.json" -o "$folder/invalid"
[ ! -e "$folder/invalid" ]
ends 66 "no such scenario" $weir run "$folder/nowhere.json"

threshold='"thresholds": [{"id": "all", "metric": "served_share", "assert": ">= 1"}], "primaryMetric"'
sed "s/\"primaryMetric\"/$threshold/" $quickstart > "$folder/threshold.json"
ends 99 "a threshold that fails" \
  $weir run "$folder/threshold.json" --replications 2 -q -o "$folder/threshold"
[ -f "$folder/threshold/thresholds.csv" ]

# Interrupted: the place of whole results stays empty, and the runs beside it are the first ones of
# a study that was not interrupted. A last run may be there without the other policy's.
$weir run $quickstart --replications 20000 -q -o "$folder/long" 2> "$folder/words.txt" &
process=$!
sleep 3
kill -INT $process
ends 130 "an interrupted run" wait $process
[ ! -e "$folder/long" ] || { echo "half a study is in the place of a whole one"; exit 1; }
lines=$(wc -l < "$folder/long.incomplete/runs.csv")
whole=$(((lines - 1) / 2))
grep -q "^interrupted after $whole of 20000 replications" "$folder/words.txt" \
  || { echo "$lines lines of runs.csv, but:"; cat "$folder/words.txt"; exit 1; }
[ "$whole" -gt 0 ]
$weir run $quickstart --replications $((whole + 1)) -q -o "$folder/short"
diff "$folder/long.incomplete/runs.csv" <(head -n "$lines" "$folder/short/runs.csv")
echo "     $whole whole replications are there, byte for byte as without an interruption"

# Bytes that cannot be written.
schema_to_full() { $weir schema > /dev/full; }
ends 74 "the output is a full device" schema_to_full
mkdir "$folder/disk"
if mount -t tmpfs -o size=1m tmpfs "$folder/disk" 2> "$folder/errors.txt"; then
  mounted=$folder/disk
  $weir run $quickstart --replications 2 -q -o "$folder/disk/results" 2> /dev/null
  digests "$folder/disk/results" > "$folder/before.txt"
  ends 74 "a full disk" \
    $weir run $quickstart --replications 2 --events -q --force -o "$folder/disk/results"
  grep -q 'No space left' "$folder/errors.txt" || { cat "$folder/errors.txt"; exit 1; }
  digests "$folder/disk/results" > "$folder/after.txt"
  diff "$folder/before.txt" "$folder/after.txt"
  left=$(find "$folder/disk" -name '*.partial*' -o -name '*.new')
  [ -z "$left" ] || { echo "left behind: $left"; exit 1; }
  echo "     $(wc -l < "$folder/before.txt") earlier files are byte for byte as before"
else
  echo "SKIP a full disk: $(head -n 1 "$folder/errors.txt")"
fi
echo "$checked exit codes are right"
