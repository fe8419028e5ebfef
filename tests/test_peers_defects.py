"""The defects of other clients that none of ours may have: each is the business of a test that names it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NAMED = re.compile(r"\bV(\d+)\b")

MUST_BE_TRUE = {
    1: "a paid request whose answer was lost is not sent again",
    2: "a run that is not finished is not taken for finished",
    3: "a canceled run is an error, and not an output of None",
    4: "the token does not go to the host of an output file",
    5: "a text that begins like an address stays a text",
    6: "a file in an input becomes that file, and nothing else is sent",
    7: "a pause that is asked for is made, and a create that may be running is not repeated",
    8: "an output file is loaded when it is read, and is JSON",
    9: "a genuine webhook is true, and an old one is refused",
    10: "webhooks can be verified",
    11: "429 is repeated for creates, too; broken connections and 5xx for what only looks",
    12: "an aborted run has ended, and a prediction without a model can be read",
    13: "output files can be had as plain addresses, in streams and lists as well",
    14: "a stream that is cut is resumed, or an error",
    15: "everything that a module can do, a client can do",
    16: "an upload keeps its name and type, and is not read into memory",
    17: "a stream is a stream, and no loop of polls",
    18: "bytes are an input, and one file is uploaded once",
    19: "pages are followed to the last one, which is the end",
    20: "the filter of a webhook's events has the name that the service knows",
    21: "a request that is sent again has its body again",
    22: "a stream of outputs has those that had come before",
    23: "a pause that is asked for is capped",
    24: "an unknown event is no error, and an event of an error is one of ours",
    25: "a run whose task is canceled is canceled at the service",
    26: "a webhook is too old after five minutes, unless one says otherwise",
    27: "a client can be closed, and is a context manager",
    28: "a webhook's body may be bytes",
    29: "a base URL is good with `/v1` at its end and without",
}


def named() -> dict[int, list[str]]:
    """The tests that name each defect in their first lines."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        if {"integration", "_sync"} & set(path.relative_to(TESTS).parts):  # of the others themselves; the same again
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                for number in NAMED.findall(ast.get_docstring(node) or ""):
                    found[int(number)].append(f"{path.name}::{node.name}")
    return found


NAMING = named()


@pytest.mark.parametrize("number", MUST_BE_TRUE, ids=lambda number: f"V{number}")
def test_a_known_defect_is_tested(number: int) -> None:
    """So that it stays away."""
    assert NAMING[number], f"no test names V{number}: {MUST_BE_TRUE[number]}"


def test_no_test_names_a_defect_that_is_not_known() -> None:
    """A slip of the pen would hide that one is missing."""
    unknown = {number: tests for number, tests in NAMING.items() if tests and number not in MUST_BE_TRUE}
    assert unknown == {}
