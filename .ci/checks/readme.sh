#!/usr/bin/env bash
# Every line of a table that the README shows is a line that the main job prints.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
.build/release/weir run Scenarios/quickstart.json -o "$folder/quickstart" > "$folder/summary.txt" 2> /dev/null
lines=0
while IFS= read -r line; do
  grep -qxF -- "$line" "$folder/summary.txt" || { echo "the README shows what is not printed: $line"; exit 1; }
  lines=$((lines + 1))
done < <(sed -n '/^quickstart: /,/^```/p' README.md | grep -v '^```' | grep .)
echo "$lines lines of the README are as printed"
