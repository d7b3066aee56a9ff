#!/usr/bin/env bash
# No layer takes more than 200 ns a decision at a thousand accounts, or more than 128 bytes an
# account, unless its algorithm needs it; and memory is measured as it is known to be.
set -euo pipefail
cd "$(dirname "$0")/../.."
figures=$(mktemp)
trap 'rm "$figures"' EXIT
.build/release/weir bench --json > "$figures"
python3 - "$figures" <<'PYTHON'
import json, sys

figures = json.load(open(sys.argv[1]))
assert figures["optimised"] and not figures["unmeasured"]
layers = {layer["name"]: layer for layer in figures["layers"]}
# A log keeps every use.
keeping = {"slidingLog"}
for name, layer in layers.items():
    decision = layer["times"][0]["decisionNanoseconds"]
    size = layer["bytesPerAccount"]
    assert decision <= 200, f"{name}: {decision} ns a decision"
    assert size <= 128 or name in keeping, f"{name}: {size} bytes an account"
# The sizes of their states, by their declarations.
for name, size in {"(no layer)": 0, "fixedWindow": 16, "gcra": 16, "concurrency": 8, "tokenBucket": 32}.items():
    found = layers[name]["bytesPerAccount"]
    assert abs(found - size) <= 1, f"{name}: {found} bytes an account are not {size}"
slowest = max(layers.values(), key=lambda layer: layer["times"][0]["decisionNanoseconds"])
largest = max(layers.values(), key=lambda layer: layer["bytesPerAccount"])
print(f"{len(layers) - 1} layers; slowest {slowest['name']}, "
      f"{slowest['times'][0]['decisionNanoseconds']:.0f} ns a decision at 1,000 accounts; "
      f"largest {largest['name']}, {largest['bytesPerAccount']:.0f} bytes an account")
PYTHON
