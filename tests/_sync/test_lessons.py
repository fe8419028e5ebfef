# Made by scripts/unasync.py from tests/_async/test_lessons.py; do not edit.
"""What other clients get wrong, and what their users suffer from, is not so here."""

from __future__ import annotations

import httpx
import pytest
from _sync.clients import GOOD, TOKEN
from predictions import BODY, DONE, Scripted, mock_service
from servers import Server, says

import replicate_typed
from replicate_typed import (
    Client,
    ClosedClientError,
    MockTransport,
    PredictionAbortedError,
    PredictionFailedError,
    Update,
)
from replicate_typed.models import Account

pytestmark = pytest.mark.anyio


@pytest.fixture
def mock() -> MockTransport:
    return mock_service()


def test_a_prediction_without_a_model_that_was_aborted_ends() -> None:
    """V12: the service knows `aborted`, and leaves `model` out at times; neither breaks reading or waiting."""

    def answer(request: httpx.Request) -> httpx.Response:
        body = {name: value for name, value in BODY.items() if name != "model"}
        return httpx.Response(200, json=body if request.method == "POST" else body | {"status": "aborted"})

    client = Client(transport=httpx.MockTransport(answer))
    with pytest.raises(PredictionAbortedError, match=r"^prediction p1 was aborted before it started$"):
        client.run("acme/echo", timeout=10)
    ended = client.wait("p1", timeout=10)
    assert (ended.status, ended.model) == ("aborted", None)


def test_a_client_closes_its_connections() -> None:
    """V27: at the end of its block, and by `close`; then it is closed for good."""
    with Server(says(GOOD)) as server:
        with Client(token=TOKEN, base_url=server.url) as client:
            client.account.get()
        assert server.hung_up.acquire(timeout=5)
        other = Client(token=TOKEN, base_url=server.url)
        other.account.get()
        other.close()
        assert server.hung_up.acquire(timeout=5)
        other.close()
        for closed in (client, other):
            with pytest.raises(ClosedClientError, match="GET /account: the client is closed"):
                closed.account.get()
        assert server.connections == 2


def test_the_account_is_there_to_ask_for(mock: MockTransport) -> None:
    """V27: as a method, and as a public class."""
    assert isinstance(Client(transport=mock).account.get(), Account)
    assert replicate_typed.models.Account is Account


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/"])
@pytest.mark.parametrize("is_variable", [False, True])
def test_one_address_serves_every_client(end: str, is_variable: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """V29: with `/v1` or without it, as an argument or as the variable, the same request is sent."""
    with Server(says(GOOD)) as server:
        if is_variable:
            monkeypatch.setenv("REPLICATE_BASE_URL", server.url + end)
        with Client(token=TOKEN, base_url=None if is_variable else server.url + end) as client:
            client.account.get()
        assert [request.target for request in server.requests] == ["/v1/account"]


def test_starting_waits_for_nothing(mock: MockTransport) -> None:
    """Pain 5: `submit` is one request, and asks for no answer to be held back; no time passes."""
    headers: list[httpx.Headers] = []
    client = Client(transport=mock, on_request=lambda request: headers.append(request.headers))
    run = client.submit("acme/echo", {"text": "a"})
    assert (run.status, mock.clock.now(), len(mock.requests)) == ("starting", 0, 1)
    assert "prefer" not in headers[0]


def test_a_run_hides_nothing(mock: MockTransport) -> None:
    """Pain 7: id, logs and status while it runs, metrics at the end, and the output with all of it."""
    news: list[Update] = []
    output = Client(transport=mock).run("acme/echo", {"text": "a"}, on_update=news.append)
    assert {update.prediction.id for update in news} == {mock.predictions[0]["id"]}
    assert "".join(update.new_logs for update in news) == "warming up\n50%\n100%\n"
    last = news[-1].prediction
    assert (last.output, str(last.status)) == (output, "succeeded")
    assert last.metrics is not None
    assert last.metrics.predict_time == 9


def test_a_failure_can_be_looked_up(mock: MockTransport) -> None:
    """Pain 8: by its id, from whoever ran it, with the last lines that the model printed."""
    client = Client(transport=mock)
    with pytest.raises(PredictionFailedError, match=r"last log lines:\n(.*\n)+ +RuntimeError: CUDA") as caught:
        (client.submit("acme/broken")).result()
    assert (client.predictions.get(caught.value.prediction_id)).error == "CUDA out of memory"


def test_a_handle_is_all_that_one_needs(mock: MockTransport) -> None:
    """Pain 24: wait for it, take the result, cancel it; each is one call."""
    client = Client(transport=mock)
    run = client.submit("acme/echo", {"text": "a"})
    assert (run.wait()).status == "succeeded"
    assert run.result() == "a"
    assert ((client.submit("acme/echo", {"text": "a"})).cancel()).status == "canceled"


def test_a_wait_that_was_cut_short_can_be_taken_up_again() -> None:
    """Pain 4: a connection that breaks while one waits costs neither the prediction nor its id."""

    class Breaking(Scripted):
        def answer(self, request: httpx.Request) -> httpx.Response:
            if request.method == "GET" and len(self.paths) < 4:
                self.paths.append("broken")
                raise httpx.ReadTimeout("timed out")
            return super().answer(request)

    client = Client(transport=Breaking({}, DONE), retries=1)
    run = client.submit("acme/echo")
    with pytest.raises(replicate_typed.APITimeoutError) as caught:
        run.wait()
    assert "prediction p1 of acme/echo goes on" in caught.value.__notes__[0]
    assert (client.attach("p1")).result() == ["a"]
