#!/usr/bin/env bash
# Everything that Weir made in this repository is what it makes now, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
mkdir "$folder/Scenarios"
bash .ci/regenerate "$folder"
for part in Results notebooks-export; do
  diff -r --exclude provenance.json "$part" "$folder/$part"
  echo "$part: $(find "$folder/$part" -type f | wc -l) files, $(du -sk "$folder/$part" | cut -f 1) KB, are as committed"
done
diff Scenarios/weir.schema.json "$folder/Scenarios/weir.schema.json"
