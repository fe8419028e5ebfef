"""The file is written whole or not at all, whoever else writes it, and also when nobody closes the transport."""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import httpx
import pytest
from tapes import API, Pieces, Service, exchange, raw, recorded

from replicate_typed import CassetteError, RecordedTransport
from replicate_typed.transports.cassettes import files, yaml_text
from replicate_typed.transports.cassettes.files import load

ROOT = Path(__file__).resolve().parents[1]


def get(name: str) -> httpx.Request:
    return httpx.Request("GET", f"{API}/{name}")


def record(path: Path, *names: str, mode: str = "new_episodes") -> None:
    recorded(path, [httpx.Response(200, stream=Pieces(name.encode())) for name in names], map(get, names), mode=mode)


def held(path: Path) -> list[str]:
    """The bodies in a file."""
    return [each.response.body.decode() for each in load(str(path)) or []]


def test_a_file_that_cannot_be_written_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole, with nothing beside it; the error says why."""
    path = tmp_path / "a.yaml"
    record(path, "first")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    service = Service(httpx.Response(200, stream=Pieces(b"second")))
    transport = RecordedTransport(path, mode="all", inner=service)
    exchange(transport, get("second"))
    with pytest.raises(CassetteError, match=r"a\.yaml cannot be written: No space left on device"):
        transport.close()
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.yaml"]
    monkeypatch.undo()
    transport.close()  # nothing is lost: it can be tried again
    assert held(path) == ["second"]


def test_a_text_that_cannot_be_made_leaves_the_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made before the file is touched."""
    path = tmp_path / "a.yaml"
    record(path, "first")

    def fail(_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(yaml_text, "write", fail)
    with pytest.raises(RuntimeError):
        record(path, "second", mode="all")
    assert held(path) == ["first"]
    assert os.listdir(tmp_path) == ["a.yaml"]


def test_a_process_that_is_killed_leaves_the_earlier_file(tmp_path: Path) -> None:
    """In the middle of a recording."""
    path = tmp_path / "a.yaml"
    record(path, "first")
    run_program(path, "all", "exchange(transport, get('second')); os._exit(9)", status=9)
    assert held(path) == ["first"]
    assert os.listdir(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize(
    "end",
    ["pass", "del transport; gc.collect(); assert os.path.exists(path)", "sys.exit(3)", "raise KeyboardInterrupt"],
)
def test_what_was_recorded_is_written_if_nobody_closes_it(end: str, tmp_path: Path) -> None:
    """When the transport is forgotten, or the program ends, however: it may have been paid for."""
    path = tmp_path / "a.yaml"
    run_program(path, "once", f"exchange(transport, get('first')); {end}", status=None)
    assert held(path) == ["first"]


def test_a_forked_process_writes_nothing(tmp_path: Path) -> None:
    """What it holds is its parent's."""
    path = tmp_path / "a.yaml"
    program = """exchange(transport, get('first'))
if os.fork() == 0:
    transport.close(); os._exit(0)
os.wait(); print(os.path.exists(path))"""
    assert run_program(path, "once", program, status=0) == "False\n"
    assert held(path) == ["first"]


def run_program(path: Path, mode: str, end: str, *, status: int | None) -> str:
    """What a program of its own prints that has a transport."""
    program = f"""
import gc, os, sys
sys.path.insert(0, {str(ROOT / "tests")!r})
import httpx
from tapes import Pieces, Service, exchange
from test_cassette_files import get
from replicate_typed import RecordedTransport
path = {str(path)!r}
transport = RecordedTransport(path, {mode!r}, inner=Service(httpx.Response(200, stream=Pieces(b"first"))))
{end}
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "generated")])}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert status is None or run.returncode == status, run.stderr
    return run.stdout


def test_workers_that_add_to_one_file_lose_nothing(tmp_path: Path) -> None:
    """Many processes and threads at a time: the file is whole whenever it is read, and has all of it in the end."""
    path = tmp_path / "deep" / "a.yaml"
    record(path, "seed")
    programs = [
        f"""for number in range(5):
    name = f'{worker}-{{number}}'
    service = Service(httpx.Response(200, stream=Pieces(name.encode())))
    with RecordedTransport(path, "new_episodes", inner=service) as one:
        exchange(one, get(name))"""
        for worker in range(4)
    ]
    threads = [
        threading.Thread(target=run_program, args=(path, "none", program), kwargs={"status": 0}) for program in programs
    ]
    for thread in threads:
        thread.start()
    looks = 0
    while any(thread.is_alive() for thread in threads):
        assert held(path)[0] == "seed"
        looks += 1
        threads[0].join(0.01)
    for thread in threads:
        thread.join()
    assert looks
    assert sorted(held(path)) == sorted(["seed", *(f"{worker}-{number}" for worker in range(4) for number in range(5))])
    assert os.listdir(path.parent) == ["a.yaml"]


def test_saving_twice_adds_once(tmp_path: Path) -> None:
    """When it is closed twice, or closed and forgotten."""
    path = tmp_path / "a.yaml"
    record(path, "first")
    transport = RecordedTransport(path, "new_episodes", inner=Service(httpx.Response(200, stream=Pieces(b"second"))))
    exchange(transport, get("second"))
    transport.close()
    transport.close()
    del transport
    gc.collect()
    assert held(path) == ["first", "second"]


def test_a_program_may_change_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is where it was meant to be when the transport was made."""
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path)
    with RecordedTransport("a.yaml", inner=Service(httpx.Response(200, stream=Pieces(b"first")))) as transport:
        exchange(transport, get("first"))
        monkeypatch.chdir(tmp_path / "other")
    assert held(tmp_path / "a.yaml") == ["first"]


def test_an_empty_file_is_recorded(tmp_path: Path) -> None:
    """As one that is not there; so does vcrpy."""
    path = tmp_path / "a.yaml"
    path.write_text("\n \n")
    record(path, "first", mode="once")
    assert held(path) == ["first"]
    path.write_text("")
    record(path, "second")
    assert held(path) == ["second"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    """What it leads to is replaced."""
    path, link = tmp_path / "real" / "a.yaml", tmp_path / "a.yaml"
    record(path, "first")
    link.symlink_to(path)
    record(link, "second", mode="all")
    assert link.is_symlink()
    assert held(path) == ["second"]


def test_the_file_may_be_read_by_whoever_may_read_others(tmp_path: Path) -> None:
    """Not by its maker alone: it is committed."""
    other = tmp_path / "other"
    other.touch()
    record(tmp_path / "a.yaml", "first")
    assert (tmp_path / "a.yaml").stat().st_mode == other.stat().st_mode


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the system's reason."""
    path = tmp_path / "a.yaml"
    record(path, "first")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "open", refuse, raising=False)
    with pytest.raises(CassetteError, match=r"a\.yaml cannot be read: Permission denied"):
        RecordedTransport(path)


def test_yaml_is_asked_for_at_once(tmp_path: Path) -> None:
    """Without PyYAML, a recording would be lost in the end; JSON needs none."""
    program = f"""
import sys
sys.modules["yaml"] = None
from replicate_typed import RecordedTransport
RecordedTransport({str(tmp_path / "a.json")!r})
try:
    RecordedTransport({str(tmp_path / "a.yaml")!r})
except ModuleNotFoundError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "PyYAML, which comes with pip install 'replicate-typed[recorded]'" in run.stdout


def test_the_file_is_one_of_vcrpy(tmp_path: Path) -> None:
    """With its version, and its names in its order; JSON as it is laid out there."""
    path = tmp_path / "a.json"
    record(path, "first")
    document = json.loads(path.read_text())
    assert path.read_text() == json.dumps(document, indent=4) + "\n"
    assert list(document) == ["interactions", "version"]
    assert document["version"] == 1
    (interaction,) = document["interactions"]
    assert list(interaction["request"]) == ["body", "headers", "method", "uri"]
    assert list(interaction["response"]) == ["body", "headers", "status"]
    assert interaction["response"]["status"] == {"code": 200, "message": "OK"}


def test_the_recording_is_as_it_was_while_others_change(tmp_path: Path) -> None:
    """A transport replays what it read when it was made."""
    path = tmp_path / "a.yaml"
    record(path, "first")
    with RecordedTransport(path) as transport:
        path.unlink()
        assert raw(exchange(transport, get("first"))) == b"first"
        with pytest.raises(CassetteError, match="there is no such file"):
            exchange(transport, httpx.Request("POST", "https://x.test/other"))
    assert not path.exists()
    with RecordedTransport(path, inner=Service()) as transport:
        assert transport.unused == []


def test_the_inner_transport_is_of_the_colour_of_its_client(tmp_path: Path) -> None:
    """Else it is an error that says which client to use; nothing is written."""
    path = tmp_path / "a.yaml"

    class OneColour:
        def __repr__(self) -> str:
            return "<inner>"

    class Sync(OneColour, httpx.BaseTransport):
        pass

    class Async(OneColour, httpx.AsyncBaseTransport):
        pass

    with RecordedTransport(path, inner=Async()) as transport, pytest.raises(TypeError, match="use AsyncClient"):
        transport.handle_request(get("a"))

    async def ask() -> None:
        async with RecordedTransport(path, inner=Sync()) as transport:
            await transport.handle_async_request(get("a"))

    with pytest.raises(TypeError, match="to record through <inner>, use Client"):
        anyio.run(ask)
    assert not path.exists()


def test_an_async_body_needs_an_async_client(tmp_path: Path) -> None:
    """As it does for every transport."""

    async def body() -> AsyncIterator[bytes]:
        yield b"a"

    with RecordedTransport(tmp_path / "a.yaml") as transport, pytest.raises(TypeError, match="needs an async client"):
        transport.handle_request(httpx.Request("POST", f"{API}/x", content=body()))


def test_frames_stay_on_one_line(tmp_path: Path) -> None:
    """Also when an episode is added: what was there is as it was."""
    path = tmp_path / "a.yaml"
    recorded(path, [httpx.Response(200, stream=Pieces(b"a", b"bc"))], [get("a")])
    before = path.read_text()
    assert re.search(r"^    - \[\d\.\d+, 2\]$", before, re.MULTILINE)
    record(path, "second")
    assert path.read_text().startswith(before.removesuffix("version: 1\n"))
