"""The README: its examples run, its table of settings is the code's, and its links lead somewhere."""

from __future__ import annotations

import asyncio
import inspect
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from documents import blocks, broken_links, execute

from replicate_typed import AsyncClient, Client, MockTransport, settings
from scripts.cog_server import CogServer

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = blocks(README)
ROWS = [
    [cell.strip().strip("`") for cell in row.strip("|").split("|")]
    for row in re.findall(r"^\| `.*\|$", README, re.MULTILINE)
]
COG_BLOCK = next(block for block in BLOCKS if "CogTransport" in block)
REAL_MODEL = "black-forest-labs/flux-schnell"


def real_service() -> MockTransport:
    """A stand-in for the network, for the example that uses it."""
    service = MockTransport()

    @service.model(REAL_MODEL, starting=0, processing=0)
    def flux(prompt: str) -> list[str]:
        return [f"https://replicate.delivery/{prompt}.webp"]

    return service


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No token, no settings, and no way out."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("an example wants the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for variable in settings_variables():
        monkeypatch.delenv(variable, raising=False)


def settings_variables() -> set[str]:
    return set(re.findall(r'"(REPLICATE_[A-Z_]+)"', inspect.getsource(settings)))


@pytest.mark.usefixtures("no_network")
def test_the_examples_run_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Each may use what those before it have made; only the transport to the real service is replaced."""
    monkeypatch.setattr("replicate_typed._sync.transports.HTTPTransport", real_service)
    monkeypatch.setenv("REPLICATE_API_TOKEN", "a-token")
    monkeypatch.chdir(tmp_path)  # one of them saves a file
    execute([block for block in BLOCKS if block is not COG_BLOCK], "README.md")  # that has a test of its own
    assert len(BLOCKS) >= 8
    printed = capsys.readouterr().out
    for said in ("starting", "An ode to the fox", "current=1, total=2", "acme/painter"):
        assert said in printed
    for said in ("failed out of memory", "it was canceled", "404", "Nvidia"):
        assert said in printed


@pytest.mark.usefixtures("no_network")
def test_the_first_example_needs_neither_token_nor_network() -> None:
    """It is the first thing that a reader tries."""
    names: dict[str, Any] = {}
    exec(BLOCKS[0], names)
    assert names["output"] == ["https://acme.example/fox.png"]


@pytest.mark.usefixtures("no_network")
def test_the_async_example_runs_by_itself() -> None:
    """It borrows the mock of the first one, and nothing else."""
    block = next(block for block in BLOCKS if "AsyncClient" in block)
    names: dict[str, Any] = {}
    exec(BLOCKS[0], names)
    exec(block.replace("asyncio.run(main())", ""), names)
    main: Callable[[], Any] = names["main"]
    asyncio.run(main())


def test_the_example_of_a_cog_server_runs_on_one() -> None:
    """Only the address is another one."""
    with CogServer(ROOT / "examples" / "wordcloud") as server:
        assert "http://localhost:5000" in COG_BLOCK
        names: dict[str, Any] = {"Client": Client}
        exec(COG_BLOCK.replace("http://localhost:5000", server.url), names)
    assert names["picture"].startswith("data:image/png;base64,")


def test_the_table_names_every_setting_of_both_clients() -> None:
    """Arguments in the table, in the code, and nowhere else."""
    arguments = {row[0] for row in ROWS}
    assert len(arguments) == len(ROWS)
    for client in (Client, AsyncClient):
        assert arguments == inspect.signature(client.__init__).parameters.keys() - {"self"}


def test_the_table_names_every_variable() -> None:
    """Variables in the table, in the code, and nowhere else."""
    assert {row[1] for row in ROWS} - {""} == settings_variables()


@pytest.mark.parametrize(
    ("argument", "variable", "text", "other"),
    [
        ("token", "REPLICATE_API_TOKEN", "from-environment", "from-argument"),
        ("base_url", "REPLICATE_BASE_URL", "https://one.example/v1", "https://two.example/v1"),
        ("timeout", "REPLICATE_TIMEOUT", "7", 8.0),
        ("polling", "REPLICATE_POLL_INTERVAL", "0.25", 0.75),
    ],
)
def test_an_argument_goes_before_its_variable_and_that_before_the_default(
    argument: str, variable: str, text: str, other: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table pairs them as the code does."""
    assert [argument, variable] in [row[:2] for row in ROWS]
    field = {"polling": "poll_interval"}.get(argument, argument)
    monkeypatch.delenv(variable, raising=False)
    default = getattr(settings.read_settings(), field)
    monkeypatch.setenv(variable, text)
    assert str(getattr(settings.read_settings(), field)).removesuffix(".0") == text
    assert getattr(settings.read_settings(**{argument: other}), field) == other
    assert default not in (text, other)


def test_the_defaults_in_the_table_are_those_of_the_code() -> None:
    """As the settings have them when nothing is given."""
    defaults = {row[0]: row[2] for row in ROWS}
    assert defaults["base_url"] == settings.API_URL
    assert float(defaults["timeout"]) == settings.TIMEOUT
    assert int(defaults["retries"]) == settings.RETRIES


@pytest.mark.parametrize(
    "url", ["https://api.example", "https://api.example/", "https://api.example/v1", "https://api.example/v1/"]
)
def test_the_base_url_is_taken_with_and_without_v1(url: str) -> None:
    """As the table says."""
    assert settings.read_settings(base_url=url).base_url == "https://api.example/v1"


def test_the_links_lead_to_what_is_there() -> None:
    """Files of this repository, committed or about to be."""
    assert broken_links(README, ROOT) == []


def test_the_commands_of_the_readme_can_be_run() -> None:
    """They are there, and executable."""
    commands = set(re.findall(r"\./(scripts/\w+)", README))
    assert {"scripts/demo", "scripts/test", "scripts/regenerate"} <= commands
    for command in commands:
        subprocess.run(["test", "-x", ROOT / command], check=True)


def test_the_first_example_is_a_program() -> None:
    """On its own, in a new process."""
    subprocess.run([sys.executable, "-c", BLOCKS[0]], check=True, cwd=ROOT)
