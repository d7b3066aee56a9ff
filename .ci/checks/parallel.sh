#!/usr/bin/env bash
# What threads cost and what studies keep: the efficiency of -j 2 against two processes of one
# thread, and the most memory of studies with more and more runs, made and taken from records.
set -euo pipefail
cd "$(dirname "$0")/../.."
python3 Tests/Peers/parallel.py .build/release/weir Scenarios/quickstart.json
