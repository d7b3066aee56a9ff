#!/usr/bin/env bash
# What README and articles show is run as written; what they say is printed is printed.
set -euo pipefail
cd "$(dirname "$0")/../.."
python3 .ci/checks/snippets.py
