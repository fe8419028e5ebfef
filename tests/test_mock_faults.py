"""Faults of the mock service: what goes wrong by rule, for which requests, and how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import anyio
import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, problem_of

from replicate_typed import AmbiguousCreateError, APIConnectionError, AsyncClient, Client, RateLimitError
from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


def test_a_failure_happens_so_many_times(mock: MockTransport, client: httpx.Client) -> None:
    """To the operation that is meant, with the status and the pause asked for; then all is well again."""
    created = create(client, prompt="x")
    mock.fail(operation="predictions.get", times=2, status=503, retry_after=1)
    assert client.get("/account").status_code == 200
    for _ in range(2):
        response = client.get(created["urls"]["get"])
        problem = problem_of(response, 503)
        assert (response.headers["retry-after"], problem["retry_after"]) == ("1", 1)
    assert client.get(created["urls"]["get"]).status_code == 200


def test_the_client_gets_over_a_failure(mock: MockTransport) -> None:
    """It waits as long as it is told to, on the mock's clock, and asks again."""
    mock.fail("hardware.list", status=429, retry_after=7)
    assert len(Client(transport=mock).hardware.list()) == 4
    assert mock.clock.now() == 7
    assert [request.operation for request in mock.requests] == ["hardware.list", "hardware.list"]


def test_a_create_can_fail_before_it_was_done(mock: MockTransport) -> None:
    """The caller cannot know, and hears an error."""
    mock.fail("predictions.create", status=500, detail="no luck")
    with pytest.raises(AmbiguousCreateError, match="no luck"):
        Client(transport=mock, retries=0).run("acme/echo", {"prompt": "x"})
    assert mock.predictions == []


def test_a_create_can_fail_after_it_was_done(mock: MockTransport) -> None:
    """The prediction exists; the client hears an error, looks for it and goes on with it."""
    mock.fail("predictions.create", status=500, when="after")
    assert Client(transport=mock, retries=0).run("acme/echo", {"prompt": "x"}) == ["x"]
    assert len(mock.predictions) == 1


@pytest.mark.parametrize("fault", [MockTransport.fail, MockTransport.disconnect])
def test_what_was_created_behind_a_fault_is_found(mock: MockTransport, fault: Any) -> None:
    """The run goes on with the one prediction that there is."""
    fault(mock, "predictions.create", when="after")
    assert Client(transport=mock).run("acme/echo", {"prompt": "x"}) == ["x"]
    assert len(mock.predictions) == 1


def test_a_rule_for_creates_is_for_all_three_of_them(mock: MockTransport, client: httpx.Client) -> None:
    """Of a version, of an official model and of a deployment."""
    mock.deployment("acme/prod", model="acme/echo")
    mock.fail("predictions.create", times=3)
    body: dict[str, Any] = {"input": {"prompt": "x"}}
    for path, extra in [
        ("/predictions", {"version": "acme/echo"}),
        ("/models/acme/echo/predictions", {}),
        ("/deployments/acme/prod/predictions", {}),
    ]:
        assert client.post(path, json=body | extra).status_code == 500
        assert client.get("/predictions").status_code == 200
    create(client, prompt="x")
    mock.fail("deployments.predictions.create")
    create(client, prompt="x")
    assert client.post("/deployments/acme/prod/predictions", json=body).status_code == 500


def test_a_connection_can_break_before_the_request(mock: MockTransport, client: httpx.Client) -> None:
    """None is made: nothing has happened, and a client may try again."""
    mock.disconnect("predictions.create")
    with pytest.raises(httpx.ConnectError):
        client.post("/models/acme/echo/predictions", json={"input": {"prompt": "x"}})
    assert mock.predictions == []
    mock.disconnect("predictions.create")
    assert Client(transport=mock).run("acme/echo", {"prompt": "x"}) == ["x"]
    assert len(mock.predictions) == 1


def test_a_connection_can_break_after_the_request(mock: MockTransport, client: httpx.Client) -> None:
    """It was served, and the caller cannot know: ours does not create a second prediction."""
    mock.disconnect(when="after")
    with pytest.raises(httpx.RemoteProtocolError):
        client.post("/models/acme/echo/predictions", json={"input": {"prompt": "x"}})
    assert len(mock.predictions) == 1
    mock.disconnect("predictions.create", when="after")
    with pytest.raises(AmbiguousCreateError, match="may be any of"):  # the other one is of the same input
        Client(transport=mock).run("acme/echo", {"prompt": "x"})
    assert len(mock.predictions) == 2


def test_a_request_can_be_delayed(mock: MockTransport) -> None:
    """On the mock's clock, in both colours; two delays add up."""
    mock.delay(30)
    mock.delay(12, "account.get")
    Client(transport=mock).account.get()
    assert mock.clock.now() == 42

    async def main() -> None:
        async with AsyncClient(transport=mock) as client:
            await client.account.get()

    mock.delay(8)
    anyio.run(main)
    assert mock.clock.now() == 50


@pytest.mark.parametrize("colour", ["sync", "async"])
def test_a_body_can_be_truncated(mock: MockTransport, colour: str) -> None:
    """So many bytes come, then the connection breaks, though more were announced."""
    mock.truncate("hardware.list", after=20, times=None)
    if colour == "sync":
        with httpx.Client(transport=mock).stream("GET", f"{BASE}/hardware") as response:
            assert int(response.headers["content-length"]) > 20
            got = b""
            with pytest.raises(httpx.RemoteProtocolError):
                for chunk in response.iter_bytes():
                    got += chunk
        assert got == b'[{"sku":"cpu","name"'
        with pytest.raises(APIConnectionError):
            Client(transport=mock, retries=0).hardware.list()
    else:

        async def main() -> None:
            async with AsyncClient(transport=mock, retries=0) as client:
                with pytest.raises(APIConnectionError):
                    await client.hardware.list()

        anyio.run(main)


def test_a_body_that_is_shorter_is_truncated_too(mock: MockTransport, client: httpx.Client) -> None:
    """All of it comes, and the rest that was announced does not: nobody takes it for whole."""
    whole = client.get("/hardware").content
    mock.truncate(after=len(whole) + 5)
    with client.stream("GET", "/hardware") as response:
        got = b""
        with pytest.raises(httpx.RemoteProtocolError):
            for chunk in response.iter_bytes():
                got += chunk
        assert int(response.headers["content-length"]) > len(got)
    assert got == whole


def test_an_answer_can_be_garbage(mock: MockTransport, client: httpx.Client) -> None:
    """The status and the headers are those of a success, and the request was served."""
    mock.garbage("predictions.create")
    response = client.post("/models/acme/echo/predictions", json={"input": {"prompt": "x"}})
    assert response.status_code == 201
    with pytest.raises(ValueError):
        response.json()
    assert len(mock.predictions) == 1


def test_faults_can_happen_by_chance(mock: MockTransport) -> None:
    """The same seed gives the same ones; about as many as the probability says."""

    def failures(seed: int) -> list[bool]:
        mock = MockTransport(seed=seed)
        mock.fail(probability=0.3, times=None)
        client = httpx.Client(transport=mock, base_url=BASE)
        return [client.get("/account").status_code == 500 for _ in range(300)]

    assert failures(1) == failures(1) != failures(2)
    assert 60 < sum(failures(1)) < 120


def test_the_first_rule_that_fits_comes_first(mock: MockTransport, client: httpx.Client) -> None:
    """The next one is kept for the next request."""
    mock.fail("account.get", status=503)
    mock.fail(status=502)
    assert [client.get("/account").status_code for _ in range(3)] == [503, 502, 200]


def test_garbage_has_a_status_that_may_have_a_body(mock: MockTransport, client: httpx.Client) -> None:
    """A server could not send it under 204; the file is deleted."""
    file = body_of(client.post("/files", files={"content": b"x"}))
    mock.garbage("files.delete")
    response = client.delete(f"/files/{file['id']}")
    assert (response.status_code, response.content[:6]) == (200, b"<html>")
    assert client.get(f"/files/{file['id']}").status_code == 404


def test_every_pause_is_met_and_one_other_fault(mock: MockTransport, client: httpx.Client) -> None:
    """In whatever order they were told, and if a pause is none."""
    mock.delay(0)
    mock.fail(status=503)
    mock.delay(4, "account.get")
    mock.fail(status=502)
    assert client.get("/account").status_code == 503
    assert mock.clock.now() == 4
    assert [client.get("/account").status_code for _ in range(2)] == [502, 200]
    assert mock.clock.now() == 4


MISTAKES: list[tuple[Callable[[MockTransport], None], str]] = [
    (lambda mock: mock.fail("predictions.gte"), "no operation 'predictions.gte'; did you mean predictions.get"),
    (lambda mock: mock.disconnect("run"), "no operation 'run'"),
    (lambda mock: mock.fail(status=200), "from 400 to 599, not 200"),
    (lambda mock: mock.fail(retry_after=-1), "zero or more seconds, not -1"),
    (lambda mock: mock.fail(times=0), "at least once, not 0 times"),
    (lambda mock: mock.fail(probability=1.5), "above 0 and at most 1, not 1.5"),
    (lambda mock: mock.disconnect(when=cast("Any", "during")), '"before" or "after", not \'during\''),
    (lambda mock: mock.delay(-1), "a finite number of seconds, zero or more, not -1"),
    (lambda mock: mock.truncate(after=-1), "zero or more, not -1"),
    (lambda mock: mock.cut_stream(after=-1), "zero or more, not -1"),
]


@pytest.mark.parametrize(("break_it", "message"), MISTAKES)
def test_a_rule_is_checked_at_once(
    mock: MockTransport, break_it: Callable[[MockTransport], None], message: str
) -> None:
    """With what there is instead."""
    with pytest.raises(ValueError) as caught:
        break_it(mock)
    assert message in str(caught.value)


@pytest.mark.parametrize("status", [400, 599])
def test_any_error_can_be_answered(mock: MockTransport, client: httpx.Client, status: int) -> None:
    """From the first to the last of them."""
    mock.fail(status=status)
    assert client.get("/account").status_code == status


def test_too_many_creates_are_refused_until_a_token_is_back() -> None:
    """As the service refuses them: 429, which says when to come again; the client does."""
    mock = MockTransport(creates_per_minute=6)
    mock.model("acme/quick", starting=0, processing=0)(lambda: "done")
    for _ in range(6):
        Client(transport=mock).run("acme/quick")
    with pytest.raises(RateLimitError, match="throttled") as caught:
        Client(transport=mock, retries=0).run("acme/quick")  # one that knows of the others would have waited
    assert caught.value.retry_after == 10
    assert Client(transport=mock).run("acme/quick") == "done"
    assert mock.clock.now() == 10
    assert body_of(httpx.Client(transport=mock, base_url=BASE).get("/models/acme/quick"))["run_count"] == 7
