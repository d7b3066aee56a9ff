#!/usr/bin/env bash
# Builds the documentation of the library with all symbols; a warning is a failure.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
swift build 2>&1 | tail -1
# The test modules need not be built: their graphs are not used, and their absence is no failure.
rm -rf .build/*/symbolgraph
swift package dump-symbol-graph --minimum-access-level public > "$folder/log.txt" 2>&1 || true
graphs=$(sed -n 's/^Files written to //p' "$folder/log.txt")
mkdir "$folder/graphs"
for module in Formats Kernel Access Simulation Lab Reports CommandLine; do cp "$graphs/Weir$module.symbols.json" "$folder/graphs/"; done
cp "$graphs"/Weir.symbols.json "$folder/graphs/"
docc convert Sources/Weir.docc --additional-symbol-graph-dir "$folder/graphs" \
  --fallback-display-name Weir --fallback-bundle-identifier org.weir.Weir \
  --warnings-as-errors --output-path "$folder/Weir.doccarchive" 2>&1 | tail -40
echo "$(find "$folder/Weir.doccarchive/data" -name '*.json' | wc -l) pages"
