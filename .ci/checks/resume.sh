#!/usr/bin/env bash
# A study comes to the same bytes in every file but provenance.json, however it was made: with any
# number of jobs, in shards made in any order, twice, or killed; with the members of the scenario in
# another order; extended from fewer replications; and after a kill at any moment.
#
# usage: resume.sh [SEED]: the seed of the orders and of the moments of the kills.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
weir=$PWD/.build/release/weir
seed=${1:-$(date +%s)}
RANDOM=$((seed % 32768))
echo "seed $seed"
kills=50 compared=0

# A small study: two policies at two points; --accounts makes its records larger.
mkdir "$folder/one" "$folder/other"
scenario=$folder/one/study.json
sed -e 's/"replications": 10/"replications": 20/' \
  -e 's/"horizon": "24h"/"horizon": "6h"/' \
  -e 's|"primaryMetric"|"sweep": {"grid": {"/fleet/0/servers": [10, 14]}}, "primaryMetric"|' \
  Scenarios/quickstart.json > "$scenario"
# The words of the command, so that a kill meets the program and not a shell around it.
study=("$weir" run "$scenario" -q --accounts)
run() { "${study[@]}" "$@" 2>> "$folder/words.txt"; }

digests() { (cd "$1" && find . -type f ! -name provenance.json | LC_ALL=C sort | xargs sha256sum); }

# same FOLDER WHAT: the digests of these results are those of the reference.
same() {
  digests "$1" > "$folder/digests.txt"
  diff "$folder/reference.txt" "$folder/digests.txt" || { echo "other bytes: $2"; exit 1; }
  compared=$((compared + $(wc -l < "$folder/reference.txt")))
  rm -rf "$1" "$(dirname "$1")/.$(basename "$1").runs"
}

run -j 1 -o "$folder/reference"
digests "$folder/reference" > "$folder/reference.txt"
runs=$(($(wc -l < "$folder/reference/runs.csv") - 1))
echo "$runs runs in $(wc -l < "$folder/reference.txt") files"

for jobs in 2 8; do
  run -j $jobs -o "$folder/jobs"
  same "$folder/jobs" "with $jobs jobs"
done
echo "the same with 1, 2 and 8 jobs"

# Shards in a random order; one of them is made twice, one is killed, and one is first left out.
for count in 1 2 3 7 100; do
  jobs=(1 2 8) made=0
  twice=$((RANDOM % count)) killed=$((RANDOM % count)) last=$((RANDOM % count))
  for index in $(seq 0 $((count - 1)) | shuf --random-source=<(yes $RANDOM)); do
    if [ "$index" = "$last" ] && [ "$count" -gt 1 ]; then continue; fi
    if [ "$index" = "$killed" ]; then
      "${study[@]}" --shard "$index/$count" -o "$folder/shards" -j 1 2>> "$folder/words.txt" &
      sleep "0.0$((RANDOM % 10))"
      kill -9 $! 2> /dev/null || true
      wait $! 2> /dev/null || true
    fi
    run --shard "$index/$count" -o "$folder/shards" -j ${jobs[$((made % 3))]}
    if [ "$index" = "$twice" ]; then
      run --shard "$index/$count" -o "$folder/twice" -j 2
    fi
    made=$((made + 1))
  done
  if [ "$count" -gt 1 ]; then
    status=0
    "$weir" merge "$folder/merged" "$folder/shards" -q 2> "$folder/missing.txt" || status=$?
    if [ "$last" -lt "$runs" ]; then
      [ "$status" -eq 75 ] && [ ! -e "$folder/merged" ] || { echo "an incomplete merge: $status"; exit 1; }
      # What the message says to do is what has to be done.
      while read -r command; do
        bash -c "PATH='$(dirname "$weir")':\$PATH; $command -q" 2>> "$folder/words.txt"
      done < <(grep '^  weir run ' "$folder/missing.txt")
    else
      [ "$status" -eq 0 ] || { echo "a shard without runs is missed"; exit 1; }
    fi
  fi
  others=("$folder/twice" "$folder/shards")
  [ -d "$folder/twice" ] || others=("$folder/shards")
  "$weir" merge "$folder/merged" "${others[@]}" -q
  same "$folder/merged" "of $count shards"
  rm -rf "$folder/shards" "$folder/twice"
  words="shards: one made twice, one killed, one missing at first"
  if [ "$count" = 1 ]; then words="shard, killed and made twice"; fi
  echo "the same from $count $words"
done

# The members of every object in the opposite order, but for maps, whose order means something.
python3 - "$scenario" "$folder/other/study.json" << 'PYTHON'
import json, sys
def turned(node, name=None):
    if isinstance(node, list):
        return [turned(item) for item in node]
    if not isinstance(node, dict):
        return node
    members = list(node.items())
    if name not in ("plans", "products"):
        members.reverse()
    return {key: turned(value, key) for key, value in members}
with open(sys.argv[1]) as source, open(sys.argv[2], "w") as target:
    json.dump(turned(json.load(source)), target, indent=1)
PYTHON
! cmp -s "$scenario" "$folder/other/study.json"
"$weir" run "$folder/other/study.json" -q --accounts -o "$folder/turned" 2>> "$folder/words.txt"
same "$folder/turned" "with the members in another order"
echo "the same with the members of the scenario in the opposite order"

# 20 replications become 30: the first ones are taken over.
run --replications 30 -o "$folder/fresh"
run -o "$folder/extended"
before=$(find "$folder/.extended.runs" -name '*.run' | wc -l)
run --replications 30 -o "$folder/extended"
reused=$(sed -n 's/.*"runsDoneBefore": \([0-9]*\).*/\1/p' "$folder/extended/provenance.json")
if [ "$reused" != "$runs" ] || [ "$before" != "$runs" ]; then
  echo "$reused of $before runs were taken over"
  exit 1
fi
diff -r --exclude provenance.json "$folder/fresh" "$folder/extended"
compared=$((compared + $(wc -l < "$folder/reference.txt")))
echo "the same when 20 replications become 30: $reused runs were taken over"

# killed FOLDER MOMENTS: the study, killed after a random part of a second; counts those in time.
inTime=0
killed() {
  "${study[@]}" -j 2 -o "$1" 2>> "$folder/words.txt" &
  local process=$!
  sleep "$(awk "BEGIN { print $RANDOM / 32768 * $2 }")"
  if kill -9 $process 2> /dev/null; then inTime=$((inTime + 1)); fi
  wait $process 2> /dev/null || true
}

begun=$(date +%s%N)
run -j 2 -o "$folder/timed"
seconds=$(awk "BEGIN { print ($(date +%s%N) - $begun) / 1e9 }")
rm -rf "$folder/timed" "$folder/.timed.runs"

# Each kill followed by the same command, which ends in the undisturbed bytes.
sum=0
for kill in $(seq $kills); do
  killed "$folder/killed" "$seconds"
  run -j 2 -o "$folder/killed"
  reused=$(sed -n 's/.*"runsDoneBefore": \([0-9]*\).*/\1/p' "$folder/killed/provenance.json")
  sum=$((sum + reused))
  left=$(find "$folder" -name '*.partial*')
  [ -z "$left" ] || { echo "left behind: $left"; exit 1; }
  same "$folder/killed" "after kill $kill"
done
echo "the same after each of $kills kills, $inTime of them in time; $((sum / kills)) of $runs runs were done before on average"

# One study killed again and again, its results removed whenever it came to an end.
inTime=0
for kill in $(seq $kills); do
  killed "$folder/killed" "$(awk "BEGIN { print $seconds / 8 }")"
  rm -rf "$folder/killed"
done
run -j 2 -o "$folder/killed"
same "$folder/killed" "after $kills kills"
echo "the same after $kills kills of one study, $inTime of them in time"
echo "$compared digests are equal"
