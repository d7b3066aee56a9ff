#!/usr/bin/env bash
# Every scenario of Scenarios/theory as it stands, against closed forms written anew in Python.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
[ -x .build-peers/bin/python ] || python3 -m venv .build-peers
.build-peers/bin/pip install -q --disable-pip-version-check scipy==1.17.1
for scenario in Scenarios/theory/*.json; do
  .build/release/weir run "$scenario" -q -o "$folder/$(basename "$scenario" .json)"
done
.build-peers/bin/python Tests/Peers/closed_forms.py "$folder"
