"""Run the notebooks of ``notebooks/`` from their sources, each in a fresh kernel.

    python tools/run_notebooks.py [NAME ...] [--write]

Fails where a cell fails, where a notebook takes longer than three minutes, or where the stored ``.ipynb`` has other cells than
its source. With ``--write`` it is stored anew, with its outputs.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "notebooks"
SECONDS = 180


def cells(notebook) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def run(source: Path, *, write: bool) -> bool:
    """Run one notebook; say whether all is well."""
    notebook, stored = jupytext.read(source), source.with_suffix(".ipynb")
    began = time.monotonic()
    NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    seconds = time.monotonic() - began
    if write:
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)  # times of the day, which change with every run
        nbformat.write(notebook, stored)
    stale = not stored.exists() or cells(nbformat.read(stored, as_version=4)) != cells(notebook)
    print(f"{source.name}: {seconds:.0f} s{', its .ipynb has other cells: run with --write' if stale else ''}")
    return not stale and seconds <= SECONDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="names without suffix; all without any")
    parser.add_argument("--write", action="store_true", help="store the notebooks with their outputs")
    options = parser.parse_args()
    sources = [FOLDER / f"{name}.py" for name in options.names] or sorted(FOLDER.glob("*.py"))
    outcomes = [run(source, write=options.write) for source in sources]
    sys.exit(not all(outcomes))


if __name__ == "__main__":
    main()
