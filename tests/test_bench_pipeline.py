"""The benchmark as it runs: its processes, its environments, and how it is stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from generating import ROOT

from scripts.benchmarks import environments
from scripts.benchmarks.__main__ import measure
from scripts.benchmarks.contestants import AGAIN, BASELINE, CONTESTANTS, HERE, OURS, Contestant, Pythons, peer
from scripts.benchmarks.environments import Environment, make
from scripts.benchmarks.measures import NAMES
from scripts.benchmarks.processes import FailedError
from scripts.benchmarks.results import Results, as_json
from scripts.benchmarks.rounds import Length
from scripts.benchmarks.runs import HELD, Kind

ABSENT, HOLLOW = "absent", "hollow"


@pytest.fixture(scope="module")
def results() -> Results:
    """All measures, as short as they can be, of what is installed here; the others are missing in their own ways."""
    here = [one for one in CONTESTANTS if one.environment == HERE]
    others = [Contestant(ABSENT, "Replicate1", peer("absent")), Contestant(HOLLOW, "Replicate2", HERE)]
    pythons: Pythons = {HERE.name: Path(sys.executable), "absent": FailedError("not installed: no network")}
    length, kinds = Length(starts=1, rounds=1, turn=0.005), [Kind(0.05, 2)]
    return asyncio.run(measure([*here, *others], pythons, NAMES, length, kinds))


def test_every_measure_has_figures_of_everybody(results: Results) -> None:
    """Whatever they are."""
    measures = as_json(results)["measures"]
    assert len(measures) == 9
    for found in measures:
        assert set(found["clients"]) == {BASELINE, AGAIN, OURS}
        assert all(value > 0 for client in found["clients"].values() for value in client["rounds"])
        assert found["clients"][BASELINE]["ratio"] == 1


def test_who_cannot_be_measured_is_named_with_the_reason(results: Results) -> None:
    """And the rest goes on."""
    for found in as_json(results)["measures"]:
        assert found["absent"][ABSENT] == "not installed: no network"
        assert found["absent"][HOLLOW] == "ModuleNotFoundError: No module named 'replicate'"


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

async def here(contestants, say):
    return {one.environment.name: Path(sys.executable) for one in contestants}

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
