"""What the transports to Cog servers decide, and what only one colour can do."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import anyio
import httpx
import pytest
from servers import Peer, Server, answer, says

from replicate_api.api.predictions.predictions_create import predictions_create
from replicate_typed import AsyncClient, AsyncCogTransport, Client, CogTransport, NotSupportedError
from replicate_typed.concurrency import AsyncHappened
from replicate_typed.transports.cog import predictions
from replicate_typed.transports.cog.predictions import CogPrediction, CogPredictions
from replicate_typed.transports.cog.reports import Report, bare_error, final_report, problem_of, report_of
from replicate_typed.transports.cog.webhooks import WebhookReceiver

READY = says(answer(200, {"status": "READY"}))


def prediction() -> CogPrediction:
    return CogPrediction(model="acme/reader", version="5c7d", input={})


@pytest.mark.anyio
async def test_a_create_that_is_interrupted_is_canceled() -> None:
    """Its id would be lost, while the server is busy with it."""
    begun = threading.Event()

    def work_for_ever(peer: Peer) -> None:
        begun.set()
        peer.pause()

    with Server(READY, READY, work_for_ever, says(answer(200, {}))) as server:
        client = AsyncClient(transport=AsyncCogTransport(server.url, model="acme/reader"))
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lambda: client.predictions.create("acme/reader", {"text": "fox"}, hold=60))
            assert await AsyncHappened(begun, 10)
            tasks.cancel_scope.cancel()
        put, cancel = server.requests[2:4]
        assert (cancel.method, cancel.target) == ("POST", f"{put.target}/cancel")


def test_ctrl_c_while_it_is_created_cancels_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in async."""
    begun = threading.Event()

    def work_for_ever(peer: Peer) -> None:
        begun.set()
        peer.pause()

    interruptions = [KeyboardInterrupt()]

    def wait(event: threading.Event, seconds: float) -> bool:
        assert begun.wait(10)
        if interruptions:
            raise interruptions.pop()
        return event.wait(seconds)

    monkeypatch.setattr("replicate_typed._sync.cog.Happened", wait)
    with Server(READY, READY, work_for_ever, says(answer(200, {}))) as server:
        client = Client(transport=CogTransport(server.url, model="acme/reader"))
        with pytest.raises(KeyboardInterrupt):
            client.run("acme/reader", {"text": "fox"})
        assert any(request.target.endswith("/cancel") for request in server.requests)


def test_cancel_is_said_again_to_a_server_that_does_not_know_the_prediction_yet() -> None:
    """It may come before what it is to cancel."""
    told = threading.Event()

    def work_until_told(peer: Peer) -> None:
        told.wait(10)
        peer.send(answer(200, {"status": "canceled", "logs": "reading"}))

    def cancel(peer: Peer) -> None:
        peer.send(answer(200, {}))
        told.set()

    with Server(READY, READY, work_until_told, says(answer(404, {})), cancel) as server:
        client = Client(transport=CogTransport(server.url, model="acme/reader"))
        canceled = client.submit("acme/reader", {"text": "fox"}).cancel()
    assert told.is_set()
    assert canceled.status == "canceled"


def test_a_success_is_not_held_up_by_webhooks_that_do_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server in a container cannot reach this process."""
    monkeypatch.setattr("replicate_typed.transports.cog.server.LAST_WEBHOOK", 60)
    with Server(READY, READY, says(answer(200, {"status": "succeeded", "output": "FOX"}))) as server:
        client = Client(transport=CogTransport(server.url, model="acme/reader"))
        assert client.run("acme/reader", {"text": "fox"}, timeout=20) == "FOX"


def test_a_webhook_at_another_path_is_not_heard() -> None:
    """Any process of this machine could send one."""
    heard: list[Report] = []
    with WebhookReceiver(heard.append) as receiver:
        other = f"{receiver.url[:-1]}{'a' if receiver.url[-1] != 'a' else 'b'}"
        assert httpx.post(other, json={"status": "succeeded"}).status_code == 404
        assert httpx.post(receiver.url, content=b"no report").status_code == 204
        assert not receiver.completed.is_set()
        assert httpx.post(receiver.url, json={"status": "failed", "logs": "a"}).status_code == 204
        assert receiver.completed.wait(10)
    assert heard == [Report("failed", logs="a")]


@pytest.mark.parametrize(
    ("prefer", "timeout", "expected"), [("", 60, 0.05), ("wait=7", 60, 7), ("wait", 61, 54.9), ("wait=60", 0.1, 0.09)]
)
def test_an_answer_is_held_back_as_asked_but_less_than_the_request_may_take(
    prefer: str, timeout: float, expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the id of what takes longer arrives."""
    waits: list[float] = []

    def wait(event: threading.Event, seconds: float) -> bool:
        waits.append(seconds)
        return event.is_set()

    monkeypatch.setattr("replicate_typed._sync.cog.Happened", wait)
    url = "https://api.replicate.com/v1/models/acme/reader/predictions"
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), timeout)
    with Server(READY, READY, lambda peer: None) as server:
        response = CogTransport(server.url, model="acme/reader").handle_request(
            httpx.Request("POST", url, headers={"prefer": prefer}, json={"input": {}}, extensions={"timeout": timeouts})
        )
    assert response.status_code == 201
    assert waits == [pytest.approx(expected)]


@pytest.mark.parametrize(
    ("version", "served"),
    [("acme/reader", True), ("acme/reader:5c7d", True), ("5c7d", True), ("acme/writer", False), ("acme/w:5c7d", False)],
)
def test_a_version_is_run_if_it_names_no_other_model(version: str, served: bool) -> None:
    """The server does not know which version it is."""
    with Server(READY, READY, says(answer(200, {"status": "succeeded", "output": "FOX"}))) as server:
        client = Client(transport=CogTransport(server.url, model="acme/reader"))
        operation = predictions_create(version=version, input={})
        if served:
            created = client.send(operation)
            assert client.wait(created).output == "FOX"
            assert (created.version == "5c7d") is version.endswith("5c7d")
            assert json.loads(server.requests[2].body).keys() == {"input", "webhook"}
        else:
            with pytest.raises(NotSupportedError, match="runs acme/reader, not acme/w"):
                client.send(operation)


@pytest.mark.parametrize("url", ["localhost:5000", "ftp://localhost", "http://", "http://a b", "http://x?y=1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """When the transport is made."""
    with pytest.raises(ValueError, match="address of a Cog server"):
        CogTransport(url, model="acme/reader")


def test_the_model_is_named_like_any_other() -> None:
    """`owner/name`, checked when the transport is made."""
    with pytest.raises(ValueError, match="expected \"owner/name\"; got 'reader'"):
        CogTransport("http://localhost:5000", model="reader")
    assert repr(CogTransport("http://localhost:5000/", model="acme/reader")) == (
        "<CogTransport acme/reader at http://localhost:5000>"
    )


def test_a_single_value_on_its_way_is_not_shown_as_a_list() -> None:
    """Cog sends `[value]` before `value`; a list is shown from its second item on."""
    one = prediction()
    one.hear(Report("processing", output=["FOX"]))
    assert one.as_json("")["output"] is None
    one.hear(Report("succeeded", output="FOX"))
    assert one.as_json("")["output"] == "FOX"
    many = prediction()
    many.hear(Report("processing", output=["F", "O"]))
    assert many.as_json("")["output"] == ["F", "O"]


def test_reports_after_the_end_change_nothing_but_the_logs() -> None:
    """Webhooks may come late, and the logs of a canceled prediction do."""
    one = prediction()
    assert one.begin()
    one.cancel()
    one.hear(Report("processing", output=["F", "O"], logs="a"))
    one.hear(Report("succeeded", output="FOX", logs="a\nb", metrics={"predict_time": 2.0}))
    one.hear(Report("processing", logs="a"))
    seen = one.as_json("")
    assert (seen["status"], seen["output"], seen["logs"]) == ("canceled", None, "a\nb")
    assert seen["metrics"]["predict_time"] == 2.0
    assert one.settled.is_set()


def test_what_was_canceled_in_line_never_begins() -> None:
    """Whoever comes first."""
    one = prediction()
    one.cancel()
    assert not one.begin()
    assert one.as_json("")["status"] == "canceled"
    assert one.settled.is_set()


def test_what_there_was_no_room_for_has_not_begun() -> None:
    """Though it had been sent."""
    one = prediction()
    one.begin()
    one.go_back()
    assert one.as_json("")["status"] == "starting"
    assert "started_at" not in one.as_json("")
    one.begin()
    one.cancel()
    assert not one.settled.is_set()
    one.go_back()
    assert one.settled.is_set()  # the server has nothing to say of it


def test_a_server_with_room_for_two_runs_two() -> None:
    """One does not wait for the other."""
    begun = threading.Event()

    def work_for_ever(peer: Peer) -> None:
        begun.set()
        peer.pause()

    done = says(answer(200, {"status": "succeeded", "output": "OWL"}))
    with Server(READY, READY, work_for_ever, READY, READY, done) as server:
        client = Client(transport=CogTransport(server.url, model="acme/reader"))
        first = client.submit("acme/reader", {"text": "fox"})
        assert begun.wait(10)
        assert client.run("acme/reader", {"text": "owl"}, timeout=10) == "OWL"
        assert first.refresh().status == "processing"


def test_a_prediction_is_forgotten_an_hour_after_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """But not one that goes on, however long."""
    kept = CogPredictions()
    old, running = prediction(), prediction()
    for each in (old, running):
        kept.add(each)
    old.cancel()
    kept.add(prediction())
    assert kept.get(old.id) is old
    monkeypatch.setattr(predictions, "KEPT", timedelta(seconds=-1))
    kept.add(prediction())
    assert kept.get(old.id) is None
    assert kept.get(running.id) is running


def test_errors_are_in_the_words_of_the_model() -> None:
    """Cog's own are left out, however often it says them."""
    assert bare_error("Prediction failed: Prediction failed: ValueError: too dark") == "ValueError: too dark"
    assert bare_error("Worker crashed") == "Worker crashed"


def test_an_answer_that_is_no_end_is_a_failure() -> None:
    """Success needs a status that is final."""
    assert final_report(httpx.Response(200, json={"status": "succeeded", "output": 1})).output == 1
    assert final_report(httpx.Response(202, json={"status": "processing"})).status == "failed"
    assert final_report(httpx.Response(500, json={"status": "succeeded"})).status == "failed"
    for body in (b"", b"[]", b"{", b"[" * 100_000, b'{"status": 5}'):
        assert report_of(body) is None


def test_a_refusal_is_put_in_the_words_of_the_service() -> None:
    """Each field with what is wrong with it."""
    detail = [{"loc": ["body", "input", "text"], "msg": "Field required", "type": "value_error.missing"}]
    assert problem_of(httpx.Response(422, json={"detail": detail})) == {
        "title": "Input validation failed",
        "detail": "- input.text: Field required\n",
        "status": 422,
        "invalid_fields": [{"type": "value_error.missing", "field": "input.text", "description": "Field required"}],
    }
    assert problem_of(httpx.Response(422, text="no"))["detail"] == "no"
