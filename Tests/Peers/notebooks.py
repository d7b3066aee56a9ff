"""Holds notebooks that Weir wrote to what they promise.

usage: notebooks.py NOTEBOOK_FOLDER...

Each notebook is valid by nbformat, runs without a screen, and gives the same bytes when it is run
twice: nothing is taken out before they are compared, and nbclient is told not to record when it ran
each cell. Then a number of the data is broken, and the notebook must stop at it.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def run(folder):
    """The bytes of the notebook in a folder after running it there."""
    notebook = nbformat.read(folder / "analysis.ipynb", as_version=4)
    client = NotebookClient(
        notebook, timeout=600, kernel_name="python3", record_timing=False,
        resources={"metadata": {"path": str(folder)}})
    client.execute()
    nbformat.validate(notebook)
    return nbformat.writes(notebook).encode()


def check_valid(folder):
    """Checks the format, the ids of the cells, and that each figure is there before any run."""
    notebook = nbformat.read(folder / "analysis.ipynb", as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    figures = sum("image/svg+xml" in output.data for output in outputs)
    tables = sum("text/html" in output.data for output in outputs)
    assert figures > 0 and tables > 0
    return len(ids), figures, tables


def check_twin(folder):
    """Checks that the script holds the code of the notebook, cell by cell."""
    notebook = nbformat.read(folder / "analysis.ipynb", as_version=4)
    script = (folder / "analysis.py").read_text(encoding="utf-8")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.source in script, cell.id


def broken(folder, name, column, *, hides):
    """What the notebook says when one number of a file is a little larger."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "notebook"
        shutil.copytree(folder, copy)
        path = copy / "data" / name
        lines = path.read_text(encoding="utf-8").splitlines()
        place = lines[0].split(",").index(column)
        for number, line in enumerate(lines[1:], start=1):
            cells = line.split(",")
            try:
                value = float(cells[place])
            except ValueError:
                continue
            if 0 < abs(value) < 1e6 and '"' not in line:
                cells[place] = repr(value * (1 + 1e-7))
                lines[number] = ",".join(cells)
                break
        else:
            raise AssertionError(f"{name} has no number in {column}")
        content = ("\n".join(lines) + "\n").encode()
        path.write_bytes(content)
        if hides:
            manifest = json.loads((copy / "data" / "manifest.json").read_text(encoding="utf-8"))
            for file in manifest["files"]:
                if file["name"] == name:
                    file["sha256"] = hashlib.sha256(content).hexdigest()
            (copy / "data" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        try:
            run(copy)
        except CellExecutionError as error:
            return f"{error.ename}: {error.evalue}"
        raise AssertionError(f"{name} is broken in {column}, and the notebook does not notice")


def main(folders):
    for folder in folders:
        cells, figures, tables = check_valid(folder)
        check_twin(folder)
        first, second = run(folder), run(folder)
        assert first == second, f"{folder}: two runs differ"
        digest = hashlib.sha256(first).hexdigest()[:12]
        print(
            f"{folder.name}: valid, {cells} cells with {figures} figures and {tables} tables; run"
            f" twice, {len(first):,} bytes, the same ({digest})")
    primary = json.loads((folders[0] / "data" / "manifest.json").read_text())["primaryMetric"]
    for name, column, hides, expected in [
        ("runs.csv", primary, False, "is not what Weir wrote"),
        ("runs.csv", primary, True, "but scipy finds"),
        ("comparison.csv", "half_width", True, "but scipy finds"),
        ("comparison.csv", "difference_mean", True, "but scipy finds"),
        ("comparison.csv", "p_value_holm", True, "but scipy finds"),
    ]:
        words = broken(folders[0], name, column, hides=hides)
        assert expected in words, words
        hidden = "and its digest with it" if hides else "alone"
        print(f"{name}, {column} off by 1e-7, {hidden}: {words.splitlines()[0][:120]}")


main([Path(argument).resolve() for argument in sys.argv[1:]])
