"""One client, and the default one, in many threads at once, in forks, and in one event loop after the other."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from echoing import echoing
from servers import Server, answer, says
from serving import environment_with

import replicate_typed
from replicate_typed import Client, MockTransport, PredictionFailedError, default
from replicate_typed._sync import transports
from replicate_typed.transports.stand_ins import standing_in

THREADS = 16
TOKEN = "r8_secret"


@pytest.fixture(autouse=True)
def _switch_often() -> Any:
    """Threads take turns a thousand times as often as they would, so that what can go wrong does."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


def together(work: Callable[[int], Any], count: int = THREADS) -> list[Any]:
    """What threads that start at the same moment return, in their order; raises what any of them raised."""
    barrier = threading.Barrier(count)

    def start(number: int) -> Any:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))


def painters() -> MockTransport:
    mock = MockTransport()

    @mock.model("acme/painter", starting=1, processing=9)
    def painter(prompt: str) -> str:
        mock.log(prompt)
        if prompt == "7":
            raise RuntimeError(prompt)
        return f"painted {prompt}"

    return mock


def test_each_thread_has_the_answers_to_its_own_requests() -> None:
    """Over real sockets, with copies of the client; no more connections than threads, however many requests."""
    with echoing() as server, Client(token=TOKEN, base_url=server.url, retries=0) as client:

        def ask(thread: int) -> list[str]:
            copy = client.with_options(timeout=9)
            each = [client if number % 2 else copy for number in range(20)]
            return [asked.request("GET", f"/{thread}/{number}")["path"] for number, asked in enumerate(each)]

        answers = together(ask)
        assert server.connections <= THREADS
    assert answers == [[f"/v1/{thread}/{number}" for number in range(20)] for thread in range(THREADS)]


def test_each_thread_has_its_own_run() -> None:
    """Outputs, updates and errors go to whoever asked; the clock moves when all of them wait."""
    mock = painters()
    client = Client(transport=mock, polling=1)

    def run(thread: int) -> tuple[str, str]:
        heard: list[str] = []
        try:
            output = client.run(
                "acme/painter", {"prompt": str(thread)}, on_update=lambda each: heard.append(each.new_logs)
            )
        except PredictionFailedError as error:
            output = str(error.prediction.error)
        return output, "".join(heard).partition("\n")[0]

    with ThreadPoolExecutor(THREADS) as pool:
        with mock.clock.expect(THREADS):
            running = [pool.submit(run, thread) for thread in range(THREADS)]
        results = [each.result(timeout=30) for each in running]
    assert results == [("7" if n == 7 else f"painted {n}", str(n)) for n in range(THREADS)]
    assert mock.clock.now() == 10


def test_threads_may_use_resources_for_the_first_time_together() -> None:
    """None of them finds half of one."""
    mock = painters()
    for _ in range(20):
        client = Client(transport=mock)

        def use(thread: int, client: Client = client) -> int:
            page = client.models.list()
            client.deployments.list()
            client.trainings.list()
            assert client.predictions.list().results == []
            return len(page.results)

        assert together(use) == [1] * THREADS


def test_the_default_transport_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the thread that needs it first, while another one waits for it."""
    made: list[transports.HTTPTransport] = []
    other = threading.Barrier(2)

    class Slow(transports.HTTPTransport):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)
            try:
                other.wait(0.2)  # for a second one in the making, which there must not be
            except threading.BrokenBarrierError:
                return

    monkeypatch.setattr(transports, "HTTPTransport", Slow)
    with echoing() as server, Client(token=TOKEN, base_url=server.url) as client:
        together(lambda thread: client.request("GET", "/x"), 4)
    assert len(made) == 1


def test_threads_read_the_token_when_they_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pain 13: one that is set after the client was made is used, by all of them."""
    with echoing() as server, Client(base_url=server.url) as client:
        monkeypatch.setenv("REPLICATE_API_TOKEN", TOKEN)
        assert {each["authorization"] for each in together(lambda _: client.request("GET", "/x"))} == {
            f"Bearer {TOKEN}"
        }


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No default client yet."""
    monkeypatch.setattr(default, "_made", [])
    monkeypatch.setenv("REPLICATE_API_TOKEN", TOKEN)


@pytest.mark.usefixtures("fresh")
def test_threads_share_one_default_client() -> None:
    """Whoever comes first; and each has its own answer."""
    with standing_in(painters()):
        found = together(lambda _: (id(default.client()), replicate_typed.submit("acme/painter", {"prompt": "a"}).id))
    assert len({client for client, _ in found}) == 1
    assert len({run for _, run in found}) == THREADS


@pytest.mark.usefixtures("fresh")
def test_the_functions_of_the_module_survive_event_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pain 17: in one `asyncio.run` after the other, from coroutines and from their threads, over one connection."""
    with Server(says(answer(200, {"results": [{"sku": "cpu", "name": "CPU"}]}))) as server:
        monkeypatch.setenv("REPLICATE_BASE_URL", server.url)

        def skus() -> list[str]:
            return [each["sku"] for each in default.client().request("GET", "/anything")["results"]]

        async def main() -> None:
            assert skus() == await asyncio.to_thread(skus) == ["cpu"]

        for _ in range(3):
            asyncio.run(main())
        assert (len(server.requests), server.connections) == (6, 1)
        default.client().close()


FORKING = """
import os, sys
from replicate_typed import default

default.client().request("GET", "/before")
children = []
for number in range(3):
    child = os.fork()
    if not child:
        answers = [default.client().request("GET", f"/{number}/{each}")["path"] for each in range(20)]
        os._exit(answers != [f"/v1/{number}/{each}" for each in range(20)])
    children.append(child)
answers = [default.client().request("GET", f"/parent/{each}")["path"] for each in range(20)]
assert answers == [f"/v1/parent/{each}" for each in range(20)]
assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no forks")
def test_a_fork_does_not_share_connections() -> None:
    """As with gunicorn or multiprocessing: each process has its own, and no answer goes to another one."""
    with echoing() as server:
        environment = environment_with(REPLICATE_BASE_URL=server.url, REPLICATE_API_TOKEN=TOKEN)
        command = [sys.executable, "-c", FORKING]
        run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
        assert run.returncode == 0, run.stderr
        assert server.connections == 4
