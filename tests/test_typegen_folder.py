"""A folder of typed modules, filled from a service in memory: what is written, locked, kept and compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from typed_modules import document, imported_file

from replicate_typed import Client, Input, MockTransport, NotFoundError, UnusableSchemaError
from replicate_typed.typegen import TypedFolder


def echo(prompt: str, times: int = Input(1, ge=1, le=5)) -> str:
    return prompt * times


def echo_less(prompt: str, times: int = Input(1, ge=1, le=3)) -> str:
    return prompt * times


def echo_more(prompt: str, times: int = Input(1, ge=1, le=9), suffix: str = "") -> str:
    return prompt * times + suffix


def draw(prompt: str) -> list[Path]:
    return []


@pytest.fixture
def mock() -> MockTransport:
    mock = MockTransport()
    mock.model("acme/echo")(echo)
    mock.model("other/echo")(draw)
    return mock


@pytest.fixture
def folder(mock: MockTransport, tmp_path: Path) -> TypedFolder:
    return TypedFolder(tmp_path / "app" / "models", Client(transport=mock))


def publish(mock: MockTransport, function: Callable[..., Any], name: str = "acme/echo") -> None:
    """A new version of a model."""
    mock.model(name)(function)


def opened(folder: TypedFolder, mock: MockTransport) -> TypedFolder:
    """The folder as the next program finds it."""
    return TypedFolder(folder.path, Client(transport=mock))


def files(folder: TypedFolder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.path.iterdir())}


def test_a_model_gets_a_module_in_a_package(folder: TypedFolder) -> None:
    """With a lock file beside it; the folder is made, and nothing else is in it."""
    written = folder.add("acme/echo")
    assert written.path == folder.path / "echo.py"
    assert written.differences == []
    assert [*files(folder)] == ["__init__.py", "echo.py", "replicate-models.lock"]
    module = imported_file(written.path)
    assert module.echo(prompt="a", times=5).input == {"prompt": "a", "times": 5}
    assert str(module.echo) == "acme/echo"


def test_the_lock_file_pins_the_version_and_the_schema(folder: TypedFolder, mock: MockTransport) -> None:
    """In JSON that can be read, and that is the same for the same models, in whatever order they came."""
    folder.add("other/echo")
    folder.add("acme/echo")
    lock = json.loads((folder.path / "replicate-models.lock").read_text())
    version = Client(transport=mock).models.get("acme/echo").latest_version
    assert version is not None
    assert [*lock["models"]] == ["acme/echo", "other/echo"]
    entry = lock["models"]["acme/echo"]
    assert (entry["version"], entry["asked"], entry["module"]) == (version.id, "acme/echo", "acme_echo")
    assert entry["schema_hash"].startswith("sha256:")
    before = files(folder)
    again = opened(folder, mock)
    again.add("acme/echo")
    again.add("other/echo")
    assert files(again) == before


def test_models_of_one_name_have_modules_of_their_own(folder: TypedFolder, mock: MockTransport) -> None:
    """The first keeps its name, so that programs that import it go on."""
    folder.add("acme/echo")
    assert folder.add("other/echo").path.name == "other_echo.py"
    assert folder.add("acme/echo").path.name == "echo.py"
    assert str(imported_file(folder.path / "other_echo.py").other_echo) == "other/echo"
    assert [each.module for each in opened(folder, mock).models] == ["echo", "other_echo"]


def test_a_version_that_is_asked_for_is_the_one_that_runs(folder: TypedFolder, mock: MockTransport) -> None:
    """Also when there are newer ones, and after an update."""
    version = Client(transport=mock).models.get("acme/echo").latest_version
    assert version is not None
    written = folder.add(f"acme/echo:{version.id}")
    publish(mock, echo_more)
    for _ in range(2):
        module = imported_file(written.path)
        assert str(module.echo) == f"acme/echo:{version.id}"
        assert "suffix" not in written.path.read_text()
        folder.update("acme/echo")
    assert folder.check("acme/echo").is_compatible


def test_a_model_that_is_not_official_runs_by_its_version(mock: MockTransport, folder: TypedFolder) -> None:
    """It has no endpoint of its own; an official one is run by its name, unless a version is asked for."""
    client = Client(transport=Altered(mock, is_official=False))
    written = TypedFolder(folder.path, client).add("acme/echo")
    assert not written.model.runs_by_name
    assert str(imported_file(written.path).echo) == f"acme/echo:{written.model.version}"


class Altered:
    """The service, with something else in its models."""

    requires_token = False

    def __init__(self, mock: MockTransport, **members: Any) -> None:
        self._mock = mock
        self._members = members

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=self._mock.handle_request(request).json() | self._members)

    def close(self) -> None:
        """There is nothing to close."""


def test_an_update_writes_what_is_published_now(folder: TypedFolder, mock: MockTransport) -> None:
    """And tells what is different."""
    folder.add("acme/echo")
    publish(mock, echo_less)
    written = opened(folder, mock).update("acme/echo")
    assert [str(each) for each in written.differences] == [
        "input.times: was a whole number from 1 to 5, and is a whole number from 1 to 3"
    ]
    assert "le=3" in written.path.read_text()
    assert opened(folder, mock).check("acme/echo").differences == ()


@pytest.mark.parametrize(
    ("function", "is_compatible"), [(echo, True), (echo_more, True), (echo_less, False), (draw, False)]
)
def test_a_check_compares_with_what_is_published(
    folder: TypedFolder, mock: MockTransport, function: Callable[..., Any], is_compatible: bool
) -> None:
    """What narrows breaks, what widens fits; nothing is written."""
    folder.add("acme/echo")
    before = files(folder)
    publish(mock, function)
    checked = folder.check("acme/echo")
    assert checked.is_compatible == is_compatible
    assert bool(checked.differences) == (function is not echo)
    assert files(folder) == before


def test_a_model_that_is_gone_is_not_compatible(folder: TypedFolder, tmp_path: Path) -> None:
    """Programs that run it fail."""
    folder.add("acme/echo")
    checked = TypedFolder(folder.path, Client(transport=MockTransport())).check("acme/echo")
    assert isinstance(checked.error, NotFoundError)
    assert not checked.is_compatible


def test_a_schema_that_cannot_be_used_leaves_the_folder_as_it_was(folder: TypedFolder, mock: MockTransport) -> None:
    """As does a model that is not there, and a text that names none."""
    folder.add("acme/echo")
    before = files(folder)
    schema = document({"x": {"$ref": "#/components/schemas/none"}})
    version = {"id": "a" * 64, "created_at": "2026-01-01T00:00:00Z", "openapi_schema": schema}
    broken = TypedFolder(folder.path, Client(transport=Altered(mock, latest_version=version)))
    with pytest.raises(UnusableSchemaError, match=r"Input\.x refers to"):
        broken.add("other/echo")
    with pytest.raises(NotFoundError):
        folder.add("acme/nothing")
    for text in ("echo", "deployments/acme/echo", "a" * 64, "acme/echo:latest"):
        with pytest.raises(ValueError, match=r"owner/name|names no version"):
            folder.add(text)
    assert files(folder) == before


def test_a_model_without_a_schema_is_refused(folder: TypedFolder, mock: MockTransport) -> None:
    """With what is missing."""
    client = Client(transport=mock)
    client.models.create(owner="acme", name="empty", visibility="private", hardware="cpu")
    with pytest.raises(UnusableSchemaError, match="acme/empty has no version"):
        folder.add("acme/empty")


def test_a_file_that_was_not_written_here_is_kept(folder: TypedFolder, mock: MockTransport) -> None:
    """A new module goes beside it; one that was changed by hand is not overwritten."""
    folder.path.mkdir(parents=True)
    (folder.path / "__init__.py").write_text("mine = 1\n")
    (folder.path / "echo.py").write_text("mine = 1\n")
    written = folder.add("acme/echo")
    assert written.path.name == "acme_echo.py"
    assert (folder.path / "echo.py").read_text() == "mine = 1\n"
    assert (folder.path / "__init__.py").read_text() == "mine = 1\n"
    written.path.write_text(written.path.read_text().partition("\n")[2])
    with pytest.raises(ValueError, match=r"acme_echo\.py was not written by replicate-typed"):
        folder.update("acme/echo")


def test_a_lost_lock_file_is_written_again(folder: TypedFolder, mock: MockTransport) -> None:
    """Modules are known by their first line."""
    folder.add("acme/echo")
    before = files(folder)
    (folder.path / "replicate-models.lock").unlink()
    again = opened(folder, mock)
    assert again.models == []
    again.add("acme/echo")
    assert files(again) == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{", "not json", "not what replicate-typed wrote"),
        ('"models": {', '"models": [], "x": {', "not what replicate-typed wrote"),
        ('"format": 1', '"format": 99', "its format is 99"),
        ('"maximum": 5', '"maximum": 6', "not the one that its hash"),
        ('"module": "echo"', '"module": "../../x"', "no name of a module"),
        ('"module"', '"modul"', "not what replicate-typed wrote"),
    ],
)
def test_a_broken_lock_file_is_named(
    folder: TypedFolder, mock: MockTransport, old: str, new: str, message: str
) -> None:
    """With what is wrong with it; nothing is written over it."""
    folder.add("acme/echo")
    path = folder.path / "replicate-models.lock"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ValueError, match=f"replicate-models.lock: .*{message}"):
        opened(folder, mock)


def test_a_model_that_has_no_module_is_not_updated(folder: TypedFolder) -> None:
    """The ones that have are named."""
    folder.add("acme/echo")
    for act in (folder.update, folder.check):
        with pytest.raises(ValueError, match=r"there is no acme/ecko in .*; there is acme/echo"):
            act("acme/ecko")


def test_names_of_owners_do_not_meet_in_a_module(mock: MockTransport, folder: TypedFolder) -> None:
    """Two ways to one name end in two."""
    for name in ("a/b-c", "x/b-c", "x/b.c"):
        publish(mock, draw, name)
    assert [folder.add(name).model.module for name in ("a/b-c", "x/b-c", "x/b.c")] == ["b_c", "x_b_c", "x_b_c_"]


def test_it_works_through_the_transport_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a client, one is set up as any other."""
    mock_file = tmp_path / "mock.py"
    mock_file.write_text(
        "from replicate_typed import MockTransport\n"
        "mock = MockTransport()\n"
        "@mock.model('acme/echo')\n"
        "def echo(text: str) -> str: return text\n"
    )
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"mock:{mock_file}")
    assert TypedFolder(tmp_path / "models").add("acme/echo").model.module == "echo"
