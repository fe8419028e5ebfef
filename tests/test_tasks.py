"""One async client in many tasks at once, under asyncio and trio."""

from __future__ import annotations

import gc

import anyio
import pytest
from echoing import echoing

from replicate_typed import AsyncClient, MockTransport, PredictionFailedError, RunTimeoutError, Update

pytestmark = pytest.mark.anyio

TASKS = 16


async def test_each_task_has_the_answers_to_its_own_requests() -> None:
    """Over real sockets, with copies of the client; no more connections than tasks, however many requests."""
    answers: dict[int, list[str]] = {}
    with echoing() as server:
        async with AsyncClient(token="r8_secret", base_url=server.url, retries=0) as client:

            async def ask(task: int) -> None:
                asked = client.with_options(timeout=9) if task % 2 else client
                answers[task] = [(await asked.request("GET", f"/{task}/{number}"))["path"] for number in range(20)]

            async with anyio.create_task_group() as tasks:
                for task in range(TASKS):
                    tasks.start_soon(ask, task)
        assert server.connections <= TASKS
    assert answers == {task: [f"/v1/{task}/{number}" for number in range(20)] for task in range(TASKS)}


async def test_a_task_that_is_canceled_takes_nothing_from_the_others() -> None:
    """Half of them are stopped on the way, and their connections closed; the answers of the rest are theirs."""
    answers: dict[int, list[str]] = {}
    with echoing() as server:
        async with AsyncClient(token="r8_secret", base_url=server.url, retries=0) as client:

            async def ask(task: int) -> None:
                with anyio.CancelScope() as scope:
                    asked: list[str] = []
                    for number in range(20):
                        if number == 5 and task % 2:
                            scope.cancel()
                        asked.append((await client.request("GET", f"/{task}/{number}"))["path"])
                    answers[task] = asked

            async with anyio.create_task_group() as tasks:
                for task in range(TASKS):
                    tasks.start_soon(ask, task)
        gc.collect()  # what was left open is complained of here, not in another test
    assert answers == {task: [f"/v1/{task}/{number}" for number in range(20)] for task in range(0, TASKS, 2)}


async def test_each_task_has_its_own_run() -> None:
    """Outputs, updates, failures and deadlines go to whoever asked."""
    mock = MockTransport()

    @mock.model("acme/painter", starting=1, processing=9)
    def painter(prompt: str) -> str:
        mock.log(prompt)
        if prompt == "7":
            raise RuntimeError(prompt)
        return f"painted {prompt}"

    client = AsyncClient(transport=mock, polling=1)
    results: dict[int, str] = {}
    heard: dict[int, str] = dict.fromkeys(range(TASKS), "")

    async def run(task: int) -> None:
        async def hear(update: Update) -> None:
            await anyio.lowlevel.checkpoint()
            heard[task] += update.new_logs

        try:
            timeout = 3 if task == 3 else None
            results[task] = await client.run("acme/painter", {"prompt": str(task)}, on_update=hear, timeout=timeout)
        except PredictionFailedError as error:
            results[task] = f"failed {error.prediction.error}"
        except RunTimeoutError as error:
            results[task] = f"late {error.prediction and error.prediction.input['prompt']}"

    async with anyio.create_task_group() as tasks:
        for task in range(TASKS):
            tasks.start_soon(run, task)
    painted = {task: f"painted {task}" for task in range(TASKS)}
    assert results == {**painted, 3: "late 3", 7: "failed 7"}
    assert all(heard[task].startswith(str(task)) for task in range(TASKS) if task != 3)
