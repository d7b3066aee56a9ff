"""Compares what Weir and jsonschema say of scenarios: of the committed ones and of broken ones.

    python3 -m venv v && v/bin/pip install jsonschema==4.26.0
    v/bin/python Tests/Peers/schema_jsonschema.py WEIR

WEIR is the executable. Every scenario under Scenarios must be valid under weir.schema.json. Every
edit of quickstart.json must be refused by `weir validate` with exit code 65, and by the schema too
where a schema can tell: those that it cannot tell are printed. Exit 1 on any other answer.
"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

SCENARIOS = pathlib.Path(__file__).parent.parent.parent / "Scenarios"
ABSENT = object()
# Pointer and new value: what a schema can tell.
EDITS = [
    ("/nonsense", 1), ("/name", ABSENT), ("/horizon", ABSENT), ("/populations", ABSENT),
    ("/fleet", ABSENT), ("/policies", ABSENT), ("/name", 7), ("/name", ""), ("/replications", 0),
    ("/replications", 100001), ("/replications", "ten"), ("/replications", 1.5), ("/seed", -1),
    ("/seed", "0x1"), ("/horizon", "a day"), ("/horizon", True), ("/warmup", []),
    ("/initial", "steady"), ("/populations", []), ("/populations", {}), ("/fleet", []),
    ("/policies", []), ("/primaryMetric", "happiness"), ("/plans", []), ("/products", 3),
    ("/populations/0/nonsense", 1), ("/populations/0/name", ABSENT),
    ("/populations/0/accounts", -1), ("/populations/0/accounts", "many"),
    ("/populations/0/workload", ABSENT), ("/populations/0/workload/type", "openloop"),
    ("/populations/0/workload/type", ABSENT), ("/populations/0/workload/service", ABSENT),
    ("/populations/0/workload/service/type", "gaussian"),
    ("/populations/0/workload/interarrival/mean", "soon"),
    ("/populations/0/workload/interarrival/rate", 3),
    ("/populations/0/behaviour/whenRefused/type", "sulk"), ("/fleet/0/servers", -1),
    ("/fleet/0/servers", "twelve"), ("/fleet/0/gpus", 12), ("/policies/0/layers/0/type", "wall"),
    ("/policies/0/layers", {}), ("/policies/0/scheduler", "fastest"),
    ("/policies/1/layers/1/price", -1), ("/plans/plus/allowances/0/limit", ABSENT),
    ("/plans/plus/allowances/0/per", 5), ("/products/codex/meter/units", 1),
]
# What only the meaning of the whole scenario tells.
MEANINGS = [
    ("/populations/0/plan", "gold"), ("/populations/0/workload/product", "sora"),
    ("/warmup", "25h"), ("/baseline", "nobody"), ("/policies/1/name", "hard-stop"),
    ("/seed", "18446744073709551616"),
]


def edited(scenario, pointer, value):
    """A copy with one value set, or taken away."""
    result = copy.deepcopy(scenario)
    *path, last = pointer[1:].split("/")
    place = result
    for part in path:
        place = place[int(part) if isinstance(place, list) else part]
    last = int(last) if isinstance(place, list) else last
    if value is ABSENT:
        del place[last]
    else:
        place[last] = value
    return result


def main():
    weir, failed, untold = sys.argv[1], 0, []
    schema = json.loads((SCENARIOS / "weir.schema.json").read_text())
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)
    files = sorted(set(SCENARIOS.rglob("*.json")) - {SCENARIOS / "weir.schema.json"})
    for file in files:
        for error in validator.iter_errors(json.loads(file.read_text())):
            failed += 1
            print(f"{file.relative_to(SCENARIOS)}: the schema refuses {error.json_path}: {error.message[:200]}")
    quickstart = json.loads((SCENARIOS / "quickstart.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "edited.json"
        for pointer, value in EDITS + MEANINGS:
            scenario = edited(quickstart, pointer, value)
            file.write_text(json.dumps(scenario))
            code = subprocess.run([weir, "validate", str(file)], capture_output=True).returncode
            words = "without " + pointer if value is ABSENT else f"{pointer} = {json.dumps(value)}"
            refused = not validator.is_valid(scenario)
            if code != 65:
                failed += 1
                print(f"{words}: weir ends with {code}; the schema {'refuses' if refused else 'takes'} it")
            elif not refused and (pointer, value) in EDITS:
                failed += 1
                print(f"{words}: weir refuses, the schema takes it")
            elif not refused:
                untold.append(words)
    print(f"jsonschema: {len(files)} scenarios are valid under weir.schema.json")
    print(f"jsonschema: {len(EDITS) + len(MEANINGS)} edits refused by Weir, {len(untold)} of them not by the schema:")
    print("\n".join("  " + words for words in untold))
    if failed:
        sys.exit(f"{failed} disagreements")


if __name__ == "__main__":
    main()
