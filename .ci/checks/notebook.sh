#!/usr/bin/env bash
# Committed results are valid data packages; notebooks are valid, run without a screen, give the same
# bytes twice, hold against scipy, and stop at a broken number.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
python=$PWD/.build-notebook/bin/python
[ -x "$python" ] || python3 -m venv .build-notebook
"$python" -m pip install -q --disable-pip-version-check frictionless==5.21.0 \
  -r notebooks-export/quickstart/requirements.txt

packages=0
for package in Results/*/datapackage.json notebooks-export/*/data/datapackage.json; do
  "$python" -m frictionless validate "$package" > "$folder/frictionless.txt" \
    || { cat "$folder/frictionless.txt"; exit 1; }
  packages=$((packages + 1))
done
echo "$packages data packages are valid"

# The committed notebooks, and those of every committed study, made here.
books=()
for export in notebooks-export/*/; do
  cp -r "$export" "$folder/committed-$(basename "$export")"
  books+=("$folder/committed-$(basename "$export")")
done
for results in Results/*/; do
  book=$folder/$(basename "$results")
  .build/release/weir notebook "$results" -o "$book" 2> /dev/null
  books+=("$book")
done
"$python" -W ignore Tests/Peers/notebooks.py "${books[@]}" 2> "$folder/log.txt" \
  || { grep -v 'IPKernelApp' "$folder/log.txt"; exit 1; }

# The commands of the README, as written, but with the packages that are there.
cd "$folder/committed-quickstart"
ln -s "$(dirname "$(dirname "$python")")" .venv
commands=$(sed -n '/^```$/,/^```$/p' README.md | grep -v '^```')
[ "$(wc -l <<< "$commands")" -eq 3 ]
while IFS= read -r command; do
  bash -euo pipefail -c "${command#python3 -m venv .venv && }" > "$folder/log.txt" 2>&1 \
    || { cat "$folder/log.txt"; exit 1; }
done <<< "$commands"
echo "3 commands of the README run as written"
