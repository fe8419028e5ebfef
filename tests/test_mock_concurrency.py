"""The mock service shared: by both colours, by many threads or tasks, on one clock."""

from __future__ import annotations

import threading
from collections import Counter

import anyio
import httpx
import pytest
from clocks import PAUSES
from mocking import BASE, body_of, client_of, create, echo_service, get

from replicate_typed.transports.mock import MockTransport
from replicate_typed.virtual_clock import VirtualClock

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


def test_a_clock_can_be_given() -> None:
    """One clock for several transports, say; and none asks for a token."""
    clock = VirtualClock()
    mock = MockTransport(clock=clock)
    assert mock.clock is clock
    assert mock.requires_token is False


@pytest.mark.anyio
async def test_one_object_serves_both_colours(mock: MockTransport) -> None:
    """A prediction made by one client is read by the other; both can be closed, and leave it usable."""
    with httpx.Client(transport=mock, base_url=BASE) as client:
        created = create(client, prompt="x")
    await mock.clock.asleep(10)
    async with httpx.AsyncClient(transport=mock, base_url=BASE) as async_client:
        finished = body_of(await async_client.get(created["urls"]["get"]))
        assert (finished["status"], finished["output"]) == ("succeeded", ["x"])
        again = await async_client.post("/models/acme/echo/predictions", json={"input": {"prompt": "y"}})
    assert get(client=httpx.Client(transport=mock), prediction=body_of(again))["status"] == "starting"


def test_fifty_threads_poll_at_once(mock: MockTransport, client: httpx.Client) -> None:
    """Fifty ten-second runs take ten virtual seconds, and no real ones."""
    outputs: list[object] = []

    def run(name: str) -> None:
        with mock.clock.participant():
            prediction = create(client, prompt=name)
            for pause in PAUSES:
                assert prediction["status"] in ("starting", "processing")
                mock.clock.sleep(pause)
                prediction = get(client, prediction)
            outputs.append(prediction["output"])

    threads = [threading.Thread(target=run, args=(str(n),), daemon=True) for n in range(50)]
    assert isinstance(mock.clock, VirtualClock)
    with mock.clock.expect(50):
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(5)
    assert sorted(outputs, key=str) == sorted(([str(n)] for n in range(50)), key=str)
    assert mock.clock.now() == 10
    assert Counter(request.method for request in mock.requests) == {"POST": 50, "GET": 350}


@pytest.mark.anyio
async def test_fifty_tasks_poll_at_once(mock: MockTransport) -> None:
    """The same in the other colour."""
    outputs: list[object] = []

    async with httpx.AsyncClient(transport=mock, base_url=BASE) as client:

        async def run(name: str) -> None:
            with mock.clock.participant():
                body = {"input": {"prompt": name}}
                prediction = body_of(await client.post("/models/acme/echo/predictions", json=body))
                for pause in PAUSES:
                    await mock.clock.asleep(pause)
                    prediction = body_of(await client.get(prediction["urls"]["get"]))
                outputs.append(prediction["output"])

        async with anyio.create_task_group() as tasks:
            for n in range(50):
                tasks.start_soon(run, str(n))
    assert sorted(outputs, key=str) == sorted(([str(n)] for n in range(50)), key=str)
    assert mock.clock.now() == 10


def test_threads_that_look_at_one_prediction_run_it_once(mock: MockTransport, client: httpx.Client) -> None:
    """All see it finished."""
    runs: list[int] = []
    mock.model("acme/once")(lambda: runs.append(1))
    created = create(client, "acme/once")
    mock.clock.sleep(10)
    seen: list[str] = []

    def look() -> None:
        seen.append(get(client, created)["status"])

    threads = [threading.Thread(target=look, daemon=True) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert seen == ["succeeded"] * 20
    assert runs == [1]
