"""Running models: references, inputs, updates, ends and handles."""

from __future__ import annotations

from typing import Any

import pytest
from predictions import DONE, VERSION, Scripted, mock_service

from replicate_typed import (
    AsyncClient,
    MockTransport,
    ModelError,
    NotFoundError,
    PredictionAbortedError,
    PredictionCanceledError,
    PredictionFailedError,
)
from replicate_typed.models import Model

pytestmark = pytest.mark.anyio


@pytest.fixture
def mock() -> MockTransport:
    return mock_service()


async def references(client: AsyncClient) -> list[Any]:
    model = await client.models.get("acme/echo")
    deployment = await client.deployments.get("acme/prod")
    assert model.latest_version is not None
    return [
        "acme/echo",
        f"acme/echo:{VERSION}",
        VERSION,
        "deployments/acme/prod",
        model,
        Model.from_dict({**model.to_dict(), "is_official": False}),
        model.latest_version,
        deployment,
    ]


async def test_every_form_of_reference_runs(mock: MockTransport) -> None:
    """Strings and objects alike, with the extra requests of none."""
    async with AsyncClient(transport=mock) as client:
        for reference in await references(client):
            before = len(mock.requests)
            assert await client.run(reference, {"text": "ab", "times": 2}) == "abab"
            creates = [request.path for request in mock.requests[before:] if request.method == "POST"]
            others = {request.path.split("/")[-2] for request in mock.requests[before:] if request.method == "GET"}
            assert len(creates) == 1
            assert others == {"predictions"}


async def test_a_reference_to_a_version_sends_its_id_alone(mock: MockTransport) -> None:
    """`owner/name:version` becomes POST /predictions with the bare id; `owner/name` the model's own endpoint."""
    client = AsyncClient(transport=mock)
    await client.predictions.create(f"acme/echo:{VERSION}", {"text": "a"})
    await client.predictions.create("acme/echo", {"text": "a"})
    await client.predictions.create("deployments/acme/prod", {"text": "a"})
    assert [(request.path, request.body) for request in mock.requests] == [
        ("/predictions", {"version": VERSION, "input": {"text": "a"}}),
        ("/models/acme/echo/predictions", {"input": {"text": "a"}}),
        ("/deployments/acme/prod/predictions", {"input": {"text": "a"}}),
    ]


@pytest.mark.parametrize(
    "reference",
    ["", "echo", "acme/", "/echo", "acme/echo/x", "acme/echo:", "acme/echo:latest", "acme/echo:a/b", "a b/c",
     "deployments/acme/prod:v1", "https://replicate.com/acme/echo", "ABCDEF" * 10 + "ABCD", None, 5, b"acme/echo",
     ("acme", "echo")],
)  # fmt: skip
async def test_a_malformed_reference_is_refused_before_any_request(mock: MockTransport, reference: Any) -> None:
    """The error shows what is accepted."""
    client = AsyncClient(transport=mock)
    with pytest.raises((ValueError, TypeError), match=r"owner/name|latest_version"):
        await client.run(reference, {"text": "a"})
    with pytest.raises((ValueError, TypeError)):
        await client.submit(reference)
    assert mock.requests == []


@pytest.mark.parametrize(
    ("input", "message"),
    [
        ({"x": float("nan")}, r"input\.x: nan is not JSON"),
        ({"x": [1, {"y": 1j}]}, r"input\.x\[1\]\.y: complex is not JSON"),
        ({1: 2}, "strings for names"),
        ([1], "must be a mapping"),
        ("text", "must be a mapping"),
    ],
)
async def test_an_input_that_is_not_json_is_refused_before_any_request(
    mock: MockTransport, input: Any, message: str
) -> None:
    """The error says which part of the input it is."""
    with pytest.raises((ValueError, TypeError), match=message):
        await AsyncClient(transport=mock).run("acme/echo", input)
    assert mock.requests == []


async def test_an_unknown_model_says_that_others_need_a_version(mock: MockTransport) -> None:
    """A community model by its bare name is the commonest mistake."""
    with pytest.raises(NotFoundError) as caught:
        await AsyncClient(transport=mock).run("acme/nothing")
    assert "latest_version" in caught.value.__notes__[0]


async def test_updates_tell_status_and_logs_as_they_change(mock: MockTransport) -> None:
    """First as created, then each change once, at last the end."""
    seen: list[tuple[str, str | None]] = []
    client = AsyncClient(transport=mock)
    await client.run("acme/echo", {"text": "a"}, on_update=lambda news: seen.append((str(news.status), news.new_logs)))
    logs = ["warming up\n", "50%\n", "100%\n"]
    assert seen == [
        ("starting", ""),
        ("processing", ""),
        *(("processing", lines) for lines in logs),
        ("succeeded", ""),
    ]


async def test_a_failed_prediction_raises_with_the_reason_and_the_last_logs(mock: MockTransport) -> None:
    """Pain 8: the error says what happened to what, and carries the prediction."""
    with pytest.raises(PredictionFailedError) as caught:
        await AsyncClient(transport=mock).run("acme/broken")
    prediction = caught.value.prediction
    assert str(caught.value).startswith(f"prediction {prediction.id} of acme/broken failed: CUDA out of memory")
    assert "RuntimeError: CUDA out of memory" in str(caught.value)
    assert (caught.value.prediction_id, prediction.status) == (prediction.id, "failed")


@pytest.mark.parametrize(
    ("end", "kind", "message"),
    [
        ({"status": "canceled"}, PredictionCanceledError, "prediction p1 of acme/echo was canceled"),
        ({"status": "aborted"}, PredictionAbortedError, "was aborted before it started"),
        ({"status": "failed", "error": "boom"}, PredictionFailedError, "failed: boom"),
        ({"status": "failed", "error": None}, PredictionFailedError, "failed: no reason given"),
        ({"status": "lost", "completed_at": "2025-01-01T00:00:01Z", "error": "x"}, ModelError, "lost: x"),
    ],
)
async def test_every_end_without_success_is_an_error(end: dict[str, Any], kind: type[ModelError], message: str) -> None:
    """V3, V12: none of them is a None that looks like an output, and none is polled for ever."""
    with pytest.raises(kind, match=message):
        await AsyncClient(transport=Scripted({}, end)).run("acme/echo")


async def test_an_answer_that_is_still_processing_is_not_the_end() -> None:
    """V2: whatever output the create came back with, the run goes on to a final status."""
    service = Scripted({"status": "processing", "output": ["a"]}, {"status": "paused"}, DONE | {"output": ["a", "b"]})
    assert await AsyncClient(transport=service).run("acme/echo") == ["a", "b"]
    assert len(service.paths) == 3


async def test_a_run_that_has_ended_at_once_polls_nothing() -> None:
    """A final answer to the create is the end; an empty error beside success is no error."""
    service = Scripted(DONE | {"error": ""})
    assert await AsyncClient(transport=service).run("acme/echo") == ["a"]
    assert service.paths == ["POST /v1/models/acme/echo/predictions"]


async def test_a_handle_looks_waits_and_cancels(mock: MockTransport) -> None:
    """`submit` gives it at once."""
    client = AsyncClient(transport=mock)
    run = await client.submit("acme/echo", {"text": "a"})
    assert (run.prediction.status, mock.clock.now()) == ("starting", 0)
    assert run.id == run.prediction.id
    assert run.id in repr(run)
    assert "starting" in repr(run)
    mock.clock.sleep(2)
    assert (await run.refresh()).status == run.prediction.status == "processing"
    assert (await run.wait()).status == run.prediction.status == "succeeded"
    assert await run.result() == "a"
    other = await client.submit("acme/echo", {"text": "a"})
    assert (await other.cancel()).status == "canceled"
    with pytest.raises(PredictionCanceledError):
        await other.result()


async def test_waiting_takes_a_prediction_or_its_id_and_gives_any_end(mock: MockTransport) -> None:
    """`wait` returns failed predictions as well; one that has ended costs no request."""
    client = AsyncClient(transport=mock)
    made = await client.predictions.create("acme/broken")
    ended = await client.wait(made.id)
    assert ended.status == "failed"
    before = len(mock.requests)
    assert await client.predictions.wait(ended) == ended
    assert len(mock.requests) == before


async def test_a_closed_client_runs_nothing(mock: MockTransport) -> None:
    """Every verb is refused with one error."""
    client = AsyncClient(transport=mock)
    await client.close()
    with pytest.raises(Exception, match="closed"):
        await client.run("acme/echo", {"text": "a"})
    assert mock.requests == []
