"""The benchmark as it runs: its processes, its environments, and how it is stopped."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from benching import SHORT
from generating import ROOT

from scripts.benchmarks import environments
from scripts.benchmarks.__main__ import measure
from scripts.benchmarks.contestants import AGAIN, BASELINE, CONTESTANTS, HERE, OURS, SERVED, Contestant, Pythons, peer
from scripts.benchmarks.environments import Environment, make
from scripts.benchmarks.load import Connection, check
from scripts.benchmarks.measures import OF_CLIENTS
from scripts.benchmarks.processes import FailedError
from scripts.benchmarks.results import Results, as_json
from scripts.benchmarks.runs import HELD, Kind
from scripts.benchmarks.tables import tables
from scripts.benchmarks.worker import WrongAnswerError

ABSENT, HOLLOW = "absent", "hollow"


@pytest.fixture(scope="module")
def results() -> Results:
    """The clients and the mock, as short as can be, of what is installed here; others are missing in their own ways."""
    here = [one for one in CONTESTANTS if one.environment == HERE]
    others = [Contestant(ABSENT, "Replicate1", peer("absent")), Contestant(HOLLOW, "Replicate2", HERE)]
    here_too = {HERE.name: Path(sys.executable), SERVED.name: Path(sys.executable)}
    pythons: Pythons = {**here_too, "absent": FailedError("not installed: no network")}
    return asyncio.run(measure([*here, *others], pythons, [*OF_CLIENTS, "mock"], SHORT, [Kind(0.05, 2)]))


def test_every_measure_has_figures_of_everybody(results: Results) -> None:
    """Whatever they are."""
    measures = [found for found in as_json(results)["measures"] if found["baseline"]]
    assert len(measures) == 11
    for found in measures:
        assert set(found["clients"]) == {BASELINE, AGAIN, OURS}
        assert all(value > 0 for client in found["clients"].values() for value in client["rounds"])
        assert found["clients"][BASELINE]["ratio"] == 1


def test_who_cannot_be_measured_is_named_with_the_reason(results: Results) -> None:
    """And the rest goes on."""
    for found in as_json(results)["measures"][:11]:
        reason = "ModuleNotFoundError: No module named 'replicate'"
        if found["name"].startswith("stream"):
            reason = "NotImplementedError: it reads no streams"
        assert found["absent"][ABSENT] == "not installed: no network"
        assert found["absent"][HOLLOW] == reason


def test_runs_are_timed_and_their_requests_counted(results: Results) -> None:
    """By the service, so a client cannot forget one."""
    found = as_json(results)["runs"]
    assert set(found["absent"]) == {ABSENT, HOLLOW}
    (runs,) = found["lengths"]
    assert set(runs["clients"]) == {BASELINE, OURS, HELD}
    for name in (BASELINE, OURS, HELD):
        client = runs["clients"][name]
        assert (client["predictions"], client["errors"], len(client["late"])) == ([1, 1], [], 2)
        assert min(client["late"]) > 0
    assert runs["clients"][BASELINE]["requests"] == [2, 2]


def test_the_service_in_memory_has_figures_of_its_own(results: Results) -> None:
    """Of runs, of memory, and of what it serves; a few tell how much many would take."""
    measures = [found for found in as_json(results)["measures"] if not found["baseline"]]
    assert [found["name"] for found in measures] == ["mock run", "mock memory", "mock served"]
    for found in measures:
        assert found["absent"] == {}
        assert all(value > 0 for value in found["clients"][OURS]["rounds"])
    assert "as 20 tell" in measures[1]["remark"]
    assert "who asks was at work" in measures[2]["remark"]


def test_what_of_the_service_in_memory_cannot_be_measured_is_named_with_the_reason() -> None:
    """Where its server is not installed, or does not start."""
    nowhere = FailedError("not installed: no network")
    found = asyncio.run(measure([], {HERE.name: nowhere, SERVED.name: Path("/bin/false")}, ["mock"], SHORT, []))
    assert [rounds.absent for rounds in found.rounds] == [
        {OURS: "not installed: no network"},
        {OURS: "not installed: no network"},
        {OURS: "it said nothing"},
    ]
    assert "0 of 3 targets met" in "".join(str(table) for table in tables(found))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n", "the server answered: HTTP/1.1 429"),
        (b"HTTP/1.1 201 Created\r\n\r\n", "an answer does not tell how long it is"),
        (b"HTTP/1.1 201 Cre", "the server closed a connection"),
    ],
)
def test_a_load_is_not_content_with_any_answer(answer: bytes, reason: str) -> None:
    """What is not what was asked for is not measured."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor() as pool:

        def answer_once() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        served = pool.submit(answer_once)
        connection = Connection(*server.getsockname())
        with connection.socket, pytest.raises(WrongAnswerError, match=re.escape(reason)):
            check(connection.get(b"POST / HTTP/1.1\r\n\r\n"), b"201")
        served.result()


Install = Callable[[Path, Path, Environment], None]


@pytest.fixture
def installing(monkeypatch: pytest.MonkeyPatch) -> list[Install]:
    """What happens instead of installing, one after the other."""
    happenings: list[Install] = []

    async def install(home: Path, python: Path, environment: Environment) -> None:
        happenings.pop(0)(home, python, environment)

    monkeypatch.setattr(environments, "install", install)
    return happenings


def works(home: Path, python: Path, environment: Environment) -> None:
    python.parent.mkdir(parents=True)
    python.touch()


def is_interrupted(home: Path, python: Path, environment: Environment) -> None:
    works(home, python, environment)
    raise KeyboardInterrupt


def fails(home: Path, python: Path, environment: Environment) -> None:
    works(home, python, environment)
    raise FailedError("no network")


def made(folder: Path, environment: Environment) -> list[str]:
    """What is said while an environment is made, if it must be."""
    said: list[str] = []
    asyncio.run(make(environment, said.append, folder))
    return said


def test_an_environment_is_made_once(tmp_path: Path, installing: list[Install]) -> None:
    """Again if something else belongs into it."""
    installing += [works, works]
    assert made(tmp_path / ".bench", peer("a==1")) == ["Making .bench/a-1 (once) ..."]
    assert made(tmp_path / ".bench", peer("a==1")) == []
    assert made(tmp_path / ".bench", Environment("a-1", ("a==1", "b"))) != []


def test_our_package_is_measured_as_it_is_now(tmp_path: Path, installing: list[Install]) -> None:
    """Whatever it was when its environment was made; what was removed is gone."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "old.py").touch()
    installing += [works]
    environment = Environment("ours", (), (package,))
    assert made(tmp_path, environment) != []
    (package / "old.py").rename(package / "new.py")
    assert made(tmp_path, environment) == []
    (copied,) = (tmp_path / "ours" / "lib").rglob("package")
    assert [path.name for path in copied.iterdir()] == ["new.py"]


def test_an_interrupted_environment_is_made_anew(tmp_path: Path, installing: list[Install]) -> None:
    """Half of one is not taken for a whole one."""
    installing += [is_interrupted, works]
    with suppress(KeyboardInterrupt):
        made(tmp_path, peer("a==1"))
    assert (tmp_path / "a-1" / "bin" / "python").exists()
    assert made(tmp_path, peer("a==1")) != []
    assert made(tmp_path, peer("a==1")) == []


def test_a_failed_environment_leaves_nothing(tmp_path: Path, installing: list[Install]) -> None:
    """It may work the next time."""
    installing += [fails]
    with pytest.raises(FailedError, match="not installed: no network"):
        made(tmp_path, peer("a==1"))
    assert list(tmp_path.iterdir()) == []


def test_what_pip_says_of_a_package_that_is_not_there_is_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the real pip, and no network."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(FailedError, match=r"^not installed: .*replicate==0\.0\.0"):
        made(tmp_path, peer("replicate==0.0.0"))


INTERRUPTED = """
import asyncio, sys
from pathlib import Path
from scripts.benchmarks import __main__ as bench

real = asyncio.create_subprocess_exec

async def noted(*arguments, **options):
    process = await real(*arguments, **options)
    print(process.pid, flush=True)
    return process

async def here(wanted, say):
    return {environment.name: Path(sys.executable) for environment in wanted}

asyncio.create_subprocess_exec, bench.environments = noted, here
bench.main(["--only", "get,run"])
"""


@pytest.mark.parametrize(("sent", "status", "word"), [("SIGINT", 130, "interrupted"), ("SIGTERM", 143, "terminated")])
def test_when_it_is_stopped_all_its_processes_are(sent: str, status: int, word: str) -> None:
    """It says so in one line."""
    command = [sys.executable, "-c", INTERRUPTED]
    environment, pipe = {**os.environ, "PYTHONPATH": str(ROOT)}, subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=environment) as started:
        assert started.stdout
        assert started.stderr
        while not started.stderr.readline().startswith("get: "):
            pass
        started.send_signal(getattr(signal, sent))
        output, errors = started.communicate(timeout=60)
    assert (started.returncode, errors) == (status, f"scripts/bench: {word}\n")
    processes = [int(line) for line in output.split()]
    assert len(processes) == 1 + len(CONTESTANTS)
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
