"""Makes what the check of reports needs.

usage: report_study.py wide SCENARIO OUT       a scenario of 6 policies and 20 replications
       report_study.py hostile RESULTS OUT     the same results under names that try to break out
"""

import csv
import hashlib
import io
import json
import shutil
import sys
from pathlib import Path

BIDI = "\u05e9\u05dc\u05d5\u05dd \u202edrow\u202c \u0645\u0631\u062d\u0628\u0627"
HOSTILE = [
    "<script>alert('x')</script>", "\"' onload=\"alert(1)", BIDI, "</title></style></svg>",
    "&lt;b&gt; & <!-- ]]>", "a`|*_[x](http://example.org)$1$",
]


def wide(scenario, out):
    """Doubles the policies of a scenario under other names, for 20 replications."""
    document = json.loads(Path(scenario).read_text(encoding="utf-8"))
    copies = [policy | {"name": policy["name"] + "-again"} for policy in document["policies"]]
    document["policies"] = (document["policies"] + copies)[:6]
    assert len(document["policies"]) == 6
    document["replications"] = 20
    document.pop("$schema", None)
    Path(out).write_text(json.dumps(document), encoding="utf-8")


def hostile(results, out):
    """Renames the study, its policies, layers and populations in every file of some results."""
    results, out = Path(results), Path(out)
    shutil.copytree(results, out)
    manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    names = {}
    scenario = manifest["scenario"]
    for place, policy in enumerate(manifest["policies"]):
        names[policy] = f"{HOSTILE[place % 6]} policy {place}"
    for place, population in enumerate(scenario["populations"]):
        names[population["name"]] = f"{HOSTILE[(place + 2) % 6]} population {place}"
    for policy in scenario["policies"]:
        for layer in policy["layers"]:
            names.setdefault(layer["name"], f"{HOSTILE[len(names) % 6]} layer {len(names)}")

    def renamed(node):
        if isinstance(node, dict):
            return {key: renamed(value) for key, value in node.items()}
        if isinstance(node, list):
            return [renamed(value) for value in node]
        return names.get(node, node) if isinstance(node, str) else node

    types = [layer["type"] for policy in scenario["policies"] for layer in policy["layers"]]
    manifest = renamed(manifest)
    for policy in manifest["scenario"]["policies"]:
        for layer in policy["layers"]:
            layer["type"] = types.pop(0)
    manifest["name"] = manifest["scenario"]["name"] = HOSTILE[0] + " " + BIDI
    manifest["description"] = " ".join(HOSTILE)
    for file in manifest["files"]:
        path = out / file["name"]
        if path.suffix == ".csv":
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(rows[0])
            writer.writerows([[names.get(cell, cell) for cell in row] for row in rows[1:]])
            path.write_text(text.getvalue(), encoding="utf-8")
        file["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (out / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


{"wide": wide, "hostile": hostile}[sys.argv[1]](*sys.argv[2:])
