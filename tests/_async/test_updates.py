"""What `on_update` hears while a prediction runs, and what becomes of the run when it raises."""

from __future__ import annotations

from typing import Any

import pytest
from predictions import DONE, Scripted

from replicate_typed import AsyncClient, MockTransport, NotFoundError, Progress, RunTimeoutError, Update

pytestmark = pytest.mark.anyio


@pytest.fixture
def mock() -> MockTransport:
    service = MockTransport()

    @service.model("acme/steps", starting=1, processing=9)
    def steps() -> str:
        service.log("loading")
        for step in range(3):
            service.log(f"{step * 50:3}%|{'█' * step}{' ' * (2 - step)}| {step}/2 [00:00<00:00]")
        return "done"

    return service


async def test_every_change_is_heard_once(mock: MockTransport) -> None:
    """Status, logs and progress, from the first to the last; all the new logs together are the logs."""
    news: list[Update] = []
    client = AsyncClient(transport=mock)
    await client.run("acme/steps", on_update=news.append)
    assert [update.progress for update in news] == [
        None,
        None,
        None,
        Progress(0.0, 0, 2),
        Progress(0.5, 1, 2),
        Progress(1.0, 2, 2),
        Progress(1.0, 2, 2),
    ]
    assert [str(update.status) for update in news] == ["starting", *["processing"] * 5, "succeeded"]
    assert [update.new_logs[:7] for update in news] == ["", "", "loading", "  0%|  ", " 50%|█ ", "100%|██", ""]
    assert "".join(update.new_logs for update in news) == news[-1].prediction.logs


async def test_waiting_hears_them_too(mock: MockTransport) -> None:
    """By a handle, by the prediction or by its id, and the first update has the logs so far."""
    client = AsyncClient(transport=mock)
    run = await client.submit("acme/steps")
    mock.clock.sleep(8)
    for waiting in (run.wait, run.result, (await client.attach(run.id)).wait):
        news: list[Update] = []
        await waiting(on_update=news.append)
        assert news[-1].status == "succeeded"
        assert "".join(update.new_logs for update in news).startswith("loading\n")
    for prediction in (run.id, run.prediction):
        for wait in (client.wait, client.predictions.wait):
            news = []
            await wait(prediction, on_update=news.append)
            assert [str(update.status) for update in news] == ["succeeded"]


async def test_a_callback_may_use_the_client(mock: MockTransport) -> None:
    """A coroutine function is awaited: the next update comes when it is done."""
    steps: list[str] = []
    client = AsyncClient(transport=mock)

    async def look(update: Update) -> None:
        steps.append("begin")
        await client.models.get("acme/steps")
        steps.append("end")

    await client.run("acme/steps", on_update=look)
    assert steps == ["begin", "end"] * 7


async def test_an_error_of_the_service_in_a_callback_is_no_error_of_the_run(mock: MockTransport) -> None:
    """It reaches the caller with the prediction, which is canceled, as for any other error of a callback."""
    client = AsyncClient(transport=mock)

    async def look(update: Update) -> None:
        await client.models.get("acme/nothing")

    with pytest.raises(NotFoundError) as caught:
        await client.run("acme/steps", on_update=look)
    assert mock.predictions[0]["id"] in caught.value.__notes__[0]
    assert mock.predictions[0]["status"] == "canceled"
    with pytest.raises(NotFoundError) as caught:
        await client.run("acme/steps", on_update=look, cancel_on_exit=False)
    assert mock.predictions[1]["id"] in caught.value.__notes__[0]
    assert mock.predictions[1]["status"] == "starting"


async def test_an_error_at_the_last_update_cancels_nothing(mock: MockTransport) -> None:
    """What has ended has ended: no request is made for it."""
    client = AsyncClient(transport=mock)

    def refuse(update: Update) -> None:
        if update.status == "succeeded":
            raise LookupError("the disk is full")

    with pytest.raises(LookupError) as caught:
        await client.run("acme/steps", on_update=refuse)
    assert f"{mock.predictions[0]['id']} of acme/steps, now succeeded" in caught.value.__notes__[0]
    assert not any(request.path.endswith("/cancel") for request in mock.requests)


async def test_a_cancel_that_fails_hides_no_error_of_a_callback() -> None:
    """What the callback raised is what reaches the caller, whatever else goes wrong."""

    def refuse(update: Update) -> None:
        raise LookupError("no")

    def also_refuse(response: object) -> None:
        if len(service.paths) == 2:
            raise RuntimeError("a hook, while it is being canceled")

    service = Scripted({}, DONE)
    client = AsyncClient(transport=service, on_response=also_refuse)
    with pytest.raises(LookupError):
        await client.run("acme/echo", on_update=refuse)
    assert service.paths[1].endswith("/cancel")


@pytest.mark.parametrize("wrong", [5, "print", [print]])
async def test_what_is_no_function_is_refused_before_any_request(mock: MockTransport, wrong: Any) -> None:
    """Nothing was started, so nothing is lost."""
    client = AsyncClient(transport=mock)
    for call in (lambda: client.run("acme/steps", on_update=wrong), lambda: client.wait("p1", on_update=wrong)):
        with pytest.raises(TypeError, match="on_update must be a function, got"):
            await call()
    with pytest.raises(TypeError, match="on_update must be a function, got"):
        await client.trainings.wait("t1", on_update=wrong)
    assert mock.requests == []


async def test_logs_of_a_prediction_whose_data_were_removed_are_no_news() -> None:
    """The service forgets them an hour after the end."""
    service = Scripted({"logs": "a\n"}, {"logs": "a\nb\n"}, DONE | {"logs": None})
    heard: list[str] = []
    await AsyncClient(transport=service).run("acme/echo", on_update=lambda update: heard.append(update.new_logs))
    assert heard == ["a\n", "b\n", ""]


async def test_a_handle_keeps_up_with_what_was_seen(mock: MockTransport) -> None:
    """While it waits, and when the wait is broken off."""
    client = AsyncClient(transport=mock)
    run = await client.submit("acme/steps")
    seen: list[tuple[str, str]] = []

    def look(update: Update) -> None:
        seen.append((str(run.status), run.logs[:7]))
        if run.logs:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await run.wait(on_update=look)
    assert seen == [("starting", ""), ("processing", ""), ("processing", "loading")]
    assert run.status == run.prediction.status == "canceled"
    late = await client.submit("acme/steps")
    with pytest.raises(RunTimeoutError):
        await late.wait(timeout=2, cancel_on_exit=False)
    assert late.status == "processing"
