"""Many runs at once, on virtual time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest

from replicate_typed import AsyncClient, Client, MockTransport

RUNS = 50


def service() -> MockTransport:
    mock = MockTransport()

    @mock.model("acme/echo", starting=2, processing=8)
    def echo(text: str) -> str:
        return text

    return mock


@pytest.mark.anyio
async def test_fifty_tasks_take_as_long_as_one() -> None:
    """Fifty parallel ten-second runs take ten virtual seconds."""
    mock = service()
    client = AsyncClient(transport=mock, polling=1)
    outputs: list[str] = []

    async def run(number: int) -> None:
        outputs.append(await client.run("acme/echo", {"text": str(number)}))

    async with anyio.create_task_group() as tasks:
        for number in range(RUNS):
            tasks.start_soon(run, number)
    assert sorted(outputs, key=int) == [str(number) for number in range(RUNS)]
    assert mock.clock.now() == 10


def test_fifty_threads_take_as_long_as_one() -> None:
    """The same with threads, once the clock knows how many will come."""
    mock = service()
    client = Client(transport=mock, polling=1)
    with ThreadPoolExecutor(RUNS) as pool:
        with mock.clock.expect(RUNS):
            running = [pool.submit(client.run, "acme/echo", {"text": str(number)}) for number in range(RUNS)]
        outputs = [each.result(timeout=30) for each in running]
    assert outputs == [str(number) for number in range(RUNS)]
    assert mock.clock.now() == 10
