#!/usr/bin/env bash
# Other people's programs on the same questions: SimPy, randomgen, exact fractions, jsonschema.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
[ -x .build-peers/bin/python ] || python3 -m venv .build-peers
.build-peers/bin/pip install -q --disable-pip-version-check \
  scipy==1.17.1 simpy==4.1.2 jsonschema==4.26.0 numpy==2.4.6 randomgen==2.5.1
.build/release/weir run Scenarios/theory/mmc.json -q -o "$folder/mmc"
.build-peers/bin/python Tests/Peers/mmc_simpy.py "$folder/mmc/runs.csv"
.build-peers/bin/python Tests/Peers/philox_numpy.py
.build-peers/bin/python Tests/Peers/processor_sharing.py
.build-peers/bin/python Tests/Peers/schema_jsonschema.py .build/release/weir
