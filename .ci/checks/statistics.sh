#!/usr/bin/env bash
# What the statistics promise, held against many studies with fixed seeds: coverage of intervals,
# rates of false winners, the gain from common random numbers. Prints the figures.
set -euo pipefail
cd "$(dirname "$0")/../.."
swift build -c release --product WeirEvidence 2>&1 | tail -1
.build/release/WeirEvidence
