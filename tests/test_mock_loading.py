"""Services in memory that a file of Python defines: what the file may do, and what is said of a bad one."""

from __future__ import annotations

import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from replicate_typed import Client, MockTransport
from replicate_typed.transports.mock.loading import load_mock, shared_mock

GOOD = """\
from __future__ import annotations
from dataclasses import dataclass, field
from replicate_typed import MockTransport

mock = MockTransport()

@dataclass
class Picture:
    size: int = field(default=3)

@mock.model("acme/painter")
def painter(prompt: str) -> list[str]:
    return [f"https://acme.example/{prompt}.png"] * Picture().size
"""


@pytest.fixture(autouse=True)
def _own_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))


def file_of(folder: Path, text: str, name: str = "service.py") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_mock_of_a_file_has_its_models(tmp_path: Path) -> None:
    """A file as one would write it, with postponed annotations and dataclasses."""
    mock = load_mock(file_of(tmp_path, GOOD))
    assert Client(transport=mock).run("acme/painter", {"prompt": "fox"}) == ["https://acme.example/fox.png"] * 3


def test_a_file_is_run_anew_each_time(tmp_path: Path) -> None:
    """Also when it was changed a moment ago; what shares one mock is `shared_mock`."""
    path = file_of(tmp_path, GOOD)
    first = load_mock(path)
    file_of(tmp_path, GOOD.replace("painter", "drawer"))
    second = load_mock(path)
    assert first is not second
    assert (models_of(first), models_of(second)) == (["painter"], ["drawer"])
    assert [path.name for path in tmp_path.iterdir()] == ["service.py"]


def models_of(mock: MockTransport) -> list[str]:
    return [model.name for model in Client(transport=mock).models.list().results]


def test_any_name_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its ending, relative to the current folder, and even that of a module that there is."""
    monkeypatch.chdir(tmp_path)
    for name in ("service", "service.txt", "json.py", "with space.py"):
        file_of(tmp_path, GOOD, name)
        assert isinstance(load_mock(name), MockTransport)
    import json

    assert json.loads("[]") == []


def test_a_file_imports_its_neighbours_but_hides_no_module(tmp_path: Path) -> None:
    """Its folder comes last of all."""
    file_of(tmp_path, "raise RuntimeError('hidden')", "colorsys.py")
    file_of(tmp_path, "NAME = 'acme/of-the-neighbour'", "the_neighbour.py")
    future, _, rest = GOOD.replace('"acme/painter"', "NAME").partition("\n")
    path = file_of(tmp_path, f"{future}\nimport colorsys\nfrom the_neighbour import NAME\n{rest}")
    assert models_of(load_mock(path)) == ["of-the-neighbour"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "defines no `mock`: it needs `mock = MockTransport()` and its models"),
        (
            "from replicate_typed import MockTransport\nservice = MockTransport()",
            "defines no `mock`; did you mean service?",
        ),
        ("from unittest import mock", "`mock` in {file} is no MockTransport, but the module unittest.mock"),
        ("from replicate_typed import MockTransport as mock", "is no MockTransport, but the class MockTransport"),
        ("mock = {}", "`mock` in {file} is no MockTransport, but of type dict: it needs `mock = MockTransport()`"),
        ("mock = MockTransport()", "{file} raised NameError: name 'MockTransport' is not defined"),
        ("import sys; sys.exit('enough')", "{file} raised SystemExit: enough"),
        ("def f(:\n", "{file} is not Python: invalid syntax"),
        ("\0", "{file} is not Python: source code string cannot contain null bytes"),
    ],
)
def test_a_bad_file_is_named(text: str, complaint: str, tmp_path: Path) -> None:
    """With what is wrong with it."""
    path = file_of(tmp_path, text)
    with pytest.raises(ValueError) as caught:
        load_mock(path)
    assert str(path) in str(caught.value)
    assert complaint.format(file=path) in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """In full, as one may be in another folder than one thinks; a folder is no file either."""
    with pytest.raises(ValueError, match=r"/nowhere\.py cannot be read: No such file or directory") as caught:
        load_mock("nowhere.py")
    assert str(Path("nowhere.py").absolute()) in str(caught.value)
    with pytest.raises(ValueError, match="cannot be read: Is a directory"):
        load_mock(tmp_path)


def test_the_traceback_leads_to_the_line(tmp_path: Path) -> None:
    """The file's own error is the cause."""
    path = file_of(tmp_path, "def half(n):\n    return n / 0\n\nhalf(3)\n")
    with pytest.raises(ValueError, match="raised ZeroDivisionError: division by zero") as caught:
        load_mock(path)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert f'{path}", line 2, in half' in "".join(traceback.format_exception(caught.value))


def test_a_shared_mock_is_one(tmp_path: Path) -> None:
    """For all threads, and by any path that leads to the file."""
    path = file_of(tmp_path, GOOD)
    link = tmp_path / "link.py"
    link.symlink_to(path)
    with ThreadPoolExecutor(8) as pool:
        mocks = [each.result() for each in [pool.submit(shared_mock, path) for _ in range(32)]]
    assert {id(mock) for mock in mocks} == {id(shared_mock(link))}


def test_a_file_that_was_mended_is_shared(tmp_path: Path) -> None:
    """What failed once is tried again."""
    path = file_of(tmp_path, "mock = None")
    with pytest.raises(ValueError, match="of type NoneType"):
        shared_mock(path)
    file_of(tmp_path, GOOD)
    assert isinstance(shared_mock(path), MockTransport)


def test_a_file_that_asks_for_its_own_mock_is_told_so(tmp_path: Path) -> None:
    """Rather than running for ever."""
    path = file_of(tmp_path, "from replicate_typed.transports.mock.loading import shared_mock\nshared_mock(__file__)")
    with pytest.raises(ValueError, match=r"raised ValueError: .*service\.py uses the mock that it is to define"):
        shared_mock(path)
