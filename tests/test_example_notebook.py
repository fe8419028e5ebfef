"""The notebook of examples/typed runs, and shows what it shows when it is opened: tables and pictures."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from serving import environment_with
from suites import ROOT

NOTEBOOK = ROOT / "examples" / "typed" / "posters.ipynb"
PATIENCE = 60  # seconds for a cell, of a machine that may be busy


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]  # has no types


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook, run in its folder by a kernel that knows nothing of whoever runs it."""
    home = tmp_path_factory.mktemp("jupyter")
    notebook = read()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    client = NotebookClient(
        notebook,
        timeout=PATIENCE,
        startup_timeout=PATIENCE,
        kernel_name="python3",
        resources={"metadata": {"path": str(NOTEBOOK.parent)}},
    )
    client.execute(env=environment_with(IPYTHONDIR=str(home), PYTHONDONTWRITEBYTECODE="1"))
    return notebook


def outputs(notebook: Any) -> list[list[dict[str, Any]]]:
    """Of each cell, without what numbers it."""
    kept = ("output_type", "name", "text", "data")
    return [
        [{key: output[key] for key in kept if key in output} for output in cell.get("outputs", [])]
        for cell in notebook.cells
    ]


def test_the_notebook_gives_what_it_was_stored_with(executed: Any) -> None:
    """So whoever reads it without running it sees the same."""
    assert outputs(executed) == outputs(read())


def test_the_notebook_shows_pictures_and_tables(executed: Any) -> None:
    """Four pictures, each with its content, and a table before and after the run."""
    shown = [output["data"].get("text/html", "") for cell in outputs(executed) for output in cell if "data" in output]
    assert sum(html.startswith('<img src="data:image/svg+xml;base64,') for html in shown) == 4
    tables = [html for html in shown if html.startswith("<table><caption>Prediction</caption>")]
    assert ["starting" in table for table in tables] == [True, False]
