"""A spec full of odd but legal things makes code that imports, type-checks, and loses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from generating import ROOT, command, python, written
from odd_spec import ANSWERED, NASTY, odd_spec

IMPORTS = """
import importlib, pkgutil, replicate_api
for module in pkgutil.walk_packages(replicate_api.__path__, "replicate_api."):
    importlib.import_module(module.name)
"""

ROUND_TRIPS = """
import copy, json, pickle
from importlib import import_module
from hypothesis import HealthCheck, given, settings
from odd_spec import ANSWERED, odd_spec
from openapi_python_client.strings import PythonIdentifier
from strategies import Spec

spec = Spec(odd_spec())
for name in ANSWERED:
    kind = getattr(import_module(f"replicate_api.models.{PythonIdentifier(name, 'field_')}"), name)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(spec.bodies(ANSWERED[name]))
    def comes_back(body):
        value = kind.from_dict(copy.deepcopy(body))
        assert spec.essence(ANSWERED[name], value.to_dict()) == spec.essence(ANSWERED[name], body)
        assert kind.from_dict(value.to_dict()) == value == pickle.loads(pickle.dumps(value)) == copy.deepcopy(value)

    comes_back()
    for number, field in enumerate(ANSWERED[name].get("properties", {})):
        if ANSWERED[name]["properties"][field] == {"type": "string"}:
            body = {each: "text" for each in ANSWERED[name]["required"]} | {field: f"value {number}"}
            assert kind.from_dict(body).to_dict()[field] == f"value {number}"
"""

CALLS = """
import io
from replicate_api.api.import_.import_class import import_class
from replicate_api.api.import_.import_list import import_list
from replicate_api.api.list_.list_dict import list_dict
from replicate_api.api.list_.list_get import list_get
from replicate_api.api.list_.list_str import list_str
from replicate_api.api.root.type_ import type_
from replicate_api.api.widgets.widgets_list import widgets_list
from replicate_api.models.leaf import Leaf
from replicate_api.models.leafy import Leafy
from replicate_api.client import Api
import httpx

query = {"list": "a", "on": True, "str": 5, "kind": 'say "hi"', "at": "2024-01-01T00:00:00Z"}
made = import_list(**query, filter_x="y", x_on=False, x_size=2, x_kind="")
assert made.query == {**query, "filter[x]": "y"}
assert made.headers == {"X-On": "false", "X-Size": "2", "X-Kind": ""}
body = {"class": "a", "list": "b", "x-y": "c", "_links": "d", "from_dict": "e"}
assert import_class(class_="a", list="b", x_y="c", links="d", from_dict="e").body == body
deep = dict(kinds=["", "1.0"], tags=["short"], leaf=Leafy(size=1), holes=["a", None], matrix=[[1], []], most=2.5)
assert list_dict(**deep).body == {**deep, "leaf": {"size": 1}}
wrongs = {"kinds": ["", ""], "tags": ["longer"], "short": "longer", "holes": ["a\\n"], "matrix": [[1, 0]], "most": 2.6}
for name, wrong in {**wrongs, "times": ["now"]}.items():
    try:
        list_dict(**{**deep, name: wrong})
    except ValueError as error:
        assert str(error).startswith(name), error
    else:
        raise AssertionError(name)
parts = list_str(io.BytesIO(b"x"), leaf=Leafy(size=1), kind="mro", on=True).body
assert [(part.name, part.content) for part in parts[1:]] == [("leaf", '{"size": 1}'), ("kind", "mro"), ("on", "true")]
assert type_("c", "o/n", "s", "l").path == "/x/c/o/n/s/l"
assert widgets_list().path == "/it's"
assert not list_get().needs_token
answers = [httpx.Response(200, json={}), httpx.Response(201, text="text"), httpx.Response(202)]
assert [widgets_list().parse(answer) for answer in answers] == [Leaf(), "text", None]

class Client(Api):
    def send(self, operation, /):
        return operation.id

client = Client()
assert client.import_.list() == "import.list" and client.widgets.import_.return_() == "widgets.import.return"
assert client.list.get() == "list.get" and client.a.b.c.d() == "a.b.c.d" and client.a.b_c() == "a.b_c"
assert client.print() == "print" and client.bytes() == "bytes"
"""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    done = command("--spec", str(written(odd_spec(), folder)), "--output", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("program", [IMPORTS, ROUND_TRIPS, CALLS], ids=["imports", "round trips", "calls"])
def test_odd_code_works(odd: Path, program: str) -> None:
    """It can be imported, what the service may send comes back, and every name reaches the wire as it is."""
    done = python("-W", "error", "-c", program, paths=[odd / "generated", ROOT / "tests", ROOT], cwd=odd)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_odd_code_type_checks(odd: Path, checker: str) -> None:
    """In both checkers, as strict as they can be."""
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "include": ["generated"]}
    (odd / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    mypy = ["mypy", "--strict", "--config-file=", "--cache-dir", str(odd / ".cache"), str(odd / "generated")]
    pyright = ["pyright", "--pythonpath", sys.executable]
    arguments = {"mypy": mypy, "pyright": pyright}[checker]
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=odd, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_prose_survives_in_docstrings(odd: Path) -> None:
    """Quotes, backslashes and braces are what they were."""
    program = "from replicate_api.models.tree import Tree; print(ascii(' '.join(Tree.__doc__.split())))"
    done = python("-c", program, paths=[odd / "generated"], cwd=odd)
    assert done.stdout.strip() == ascii(" ".join(NASTY.split())), done.stderr
    assert ANSWERED["Tree"]["description"] == NASTY


def test_what_is_deprecated_says_so(odd: Path) -> None:
    """Operations, arguments and fields."""
    api = odd / "generated" / "replicate_api"
    assert "Deprecated." in (api / "api/import_/import_list.py").read_text(encoding="utf-8")
    assert "Deprecated." in (api / "models/leaf.py").read_text(encoding="utf-8")
