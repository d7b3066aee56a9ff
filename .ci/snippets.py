"""Runs what README and articles show, as written.

A `sh` block is run, in the order of the article, in a folder of the article's own; the lines of an
unnamed block after it must be among those that it printed. A `json` block is saved under the name
that the text before it ends with, and read by Weir; a fragment of a scenario is laid over the last
one. A `swift` block must stand word for word in a source or test, which the compiler sees. In the
README, whose commands are those of a clone, an unnamed block is run where it begins with `$ `.

usage: python3 .ci/snippets.py (from the root, with weir built for release)
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path.cwd()
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{ROOT}/.build/release:{os.environ['PATH']}",
    "NO_COLOR": "1",
}
ENVIRONMENT.pop("COLUMNS", None)
# What another step of .ci/run does, and what would be the same twice.
DONE_ELSEWHERE = {"swift test"}
counts = {}


def count(what, number=1):
    counts[what] = counts.get(what, 0) + number


def fail(article, line, message):
    sys.exit(f"{article}:{line}: {message}")


def blocks(text):
    """Yields (language, body, line, the text before) of each fenced block."""
    before, body, language, start = [], None, "", 0
    for number, line in enumerate(text.split("\n"), 1):
        if body is None and line.startswith("```"):
            language, body, start = line[3:].strip(), [], number
        elif body is not None and line.startswith("```"):
            yield language, "\n".join(body), start, "\n".join(before)
            before, body = [], None
        elif body is not None:
            body.append(line)
        else:
            before.append(line)


def run(article, line, command, folder):
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder, env=ENVIRONMENT, text=True, capture_output=True, stdin=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        fail(article, line, f"ended with {done.returncode}: {command}\n{done.stderr}")
    return done.stdout + done.stderr


def compare(article, line, shown, printed):
    known = {entry.rstrip() for entry in printed.split("\n")}
    for offset, entry in enumerate(shown):
        if entry.strip() and entry.rstrip() not in known:
            fail(article, line + 1 + offset, f"is not what was printed: {entry}")
        count("lines as printed", 1 if entry.strip() else 0)


def save_json(article, line, body, before, folder, last):
    if body.lstrip().startswith("{"):
        names = re.findall(r"`([\w.-]+\.json)`", before)
        if not names:
            fail(article, line, "the text before names no file for this JSON")
        path = folder / names[-1]
        if path.exists() and path.read_text() != body + "\n":
            fail(article, line, f"is not the {path.name} that a command wrote")
        path.write_text(body + "\n")
    else:
        if last is None:
            fail(article, line, "a fragment, with no scenario before it")
        path = last
        scenario = json.loads(path.read_text())
        scenario.update(json.loads("{" + body + "}"))
        path.write_text(json.dumps(scenario, indent=2))
    document = json.loads(path.read_text())
    if "policies" in document:
        run(article, line, f"weir validate {path.name}", folder)
        count("scenarios valid")
    else:
        count("JSON documents read")
    return path


def sources():
    for folder in ["Sources", "Tests"]:
        for path in sorted((ROOT / folder).rglob("*.swift")):
            if ".build" not in path.parts:
                yield path.read_text()


def stripped(text):
    return "\n".join(entry.strip() for entry in text.split("\n")).strip()


def check(path, texts):
    article = path.relative_to(ROOT)
    is_readme = path.name == "README.md"
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "Scenarios").symlink_to(ROOT / "Scenarios")
    printed, scenario = None, None
    for language, body, line, before in blocks(path.read_text()):
        lines = body.split("\n")
        if language == "" and is_readme:
            if lines[0].startswith("$ "):
                printed = run(article, line, lines[0][2:], ROOT)
                count("commands run")
                compare(article, line + 1, lines[1:], printed)
                continue
            for command in lines:
                if command not in DONE_ELSEWHERE:
                    printed = run(article, line, command, ROOT)
                count("commands run" if command not in DONE_ELSEWHERE else "commands of .ci/run")
        elif language == "sh":
            printed = run(article, line, body, folder)
            count("commands run", len([entry for entry in lines if entry[:1] not in ("", "#", " ")]))
        elif language == "json":
            scenario = save_json(article, line, body, before, folder, scenario)
        elif language == "swift":
            if not any(stripped(body) in text for text in texts):
                fail(article, line, "this Swift stands in no source and no test")
            count("Swift blocks compiled")
        elif language == "" and printed is not None:
            compare(article, line, lines, printed)
        elif language in ("", "yaml", "python"):
            count("blocks only shown")
        else:
            fail(article, line, f"nobody knows how to check a block of {language}")
    shutil.rmtree(folder)
    count("articles")


def main():
    articles = [ROOT / "README.md"] + sorted((ROOT / "Sources/Weir.docc").glob("*.md"))
    wanted = [name for name in sys.argv[1:]]
    texts = [stripped(text) for text in sources()]
    for path in articles:
        if not wanted or path.name in wanted:
            check(path, texts)
    print("snippets: " + ", ".join(f"{number} {what}" for what, number in counts.items() if number))


if __name__ == "__main__":
    main()
