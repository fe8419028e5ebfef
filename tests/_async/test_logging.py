"""What is logged: a line a request, one a change of state, and nothing that is secret."""

from __future__ import annotations

import logging
import re

import httpx
import pytest
from _async.clients import GOOD, TOKEN, client_of
from happenings import Service, get, good, status
from servers import Server, answer, closes, says

from replicate_api.types import Operation
from replicate_typed import APIConnectionError, AsyncClient, MockTransport, NotFoundError
from replicate_typed.foreign import foreign_get

pytestmark = pytest.mark.anyio

TIME = re.compile(r"in \d+ ms")


@pytest.fixture
def mock() -> MockTransport:
    service = MockTransport()

    @service.model("acme/slow", starting=1, processing=9)
    def slow(prompt: str) -> str:
        return f"{prompt}, painted"

    return service


def lines(caplog: pytest.LogCaptureFixture, least: int = logging.DEBUG) -> list[str]:
    """What our logger was given, without the times."""
    ours = [record for record in caplog.records if record.name == "replicate_typed" and record.levelno >= least]
    return [TIME.sub("in * ms", record.getMessage()) for record in ours]


async def test_a_run_is_a_line_for_its_create_and_one_a_change_of_state(
    mock: MockTransport, caplog: pytest.LogCaptureFixture
) -> None:
    """Pain 18: polls that change nothing are of interest for debugging alone."""
    caplog.set_level(logging.DEBUG, "replicate_typed")
    await AsyncClient(transport=mock).run("acme/slow", {"prompt": "a secret fox"})
    id = mock.predictions[0]["id"]
    assert lines(caplog, logging.INFO) == [
        "POST /models/acme/slow/predictions: 201 in * ms",
        f"prediction {id} of acme/slow: starting",
        f"prediction {id} of acme/slow: processing",
        f"prediction {id} of acme/slow: succeeded",
    ]
    polls = [line for line in lines(caplog) if line == f"GET /predictions/{id}: 200 in * ms"]
    assert len(polls) == len(mock.requests) - 1 > 10
    assert "fox" not in caplog.text


async def test_a_handle_is_logged_in_the_same_way(mock: MockTransport, caplog: pytest.LogCaptureFixture) -> None:
    """What is asked for by name is a line; so is each state that is seen, once."""
    caplog.set_level(logging.INFO, "replicate_typed")
    client = AsyncClient(transport=mock)
    run = await client.submit("acme/slow", {"prompt": "fox"})
    await run.refresh()
    await run.cancel()
    assert lines(caplog)[1:] == [
        f"prediction {run.id} of acme/slow: starting",
        f"GET /predictions/{run.id}: 200 in * ms",
        f"POST /predictions/{run.id}/cancel: 200 in * ms",
        f"prediction {run.id} of acme/slow: canceled",
    ]


async def test_each_try_is_a_line_with_its_number(caplog: pytest.LogCaptureFixture) -> None:
    """So a service that has to be asked again and again shows."""
    caplog.set_level(logging.INFO, "replicate_typed")
    service = Service(lambda: httpx.ReadError("reset by somebody"), status(503), good)
    await AsyncClient(transport=service).send(get())
    assert lines(caplog) == [
        "GET /predictions/abc: failed (ReadError) in * ms",
        "GET /predictions/abc: 503 in * ms, try 2",
        "GET /predictions/abc: 200 in * ms, try 3",
    ]


async def test_a_poll_that_fails_is_a_line(mock: MockTransport, caplog: pytest.LogCaptureFixture) -> None:
    """It is no poll that changed nothing."""
    caplog.set_level(logging.INFO, "replicate_typed")
    mock.fail("predictions.get", status=502)
    mock.disconnect("predictions.get")
    await AsyncClient(transport=mock).run("acme/slow", {"prompt": "fox"})
    id = mock.predictions[0]["id"]
    failed = [line for line in lines(caplog) if line.startswith("GET")]
    assert failed == [
        f"GET /predictions/{id}: 502 in * ms",
        f"GET /predictions/{id}: failed (ConnectError) in * ms, try 2",
    ]


async def test_the_time_is_that_of_the_clock(mock: MockTransport, caplog: pytest.LogCaptureFixture) -> None:
    """In milliseconds, from sending to the last byte."""
    caplog.set_level(logging.INFO, "replicate_typed")
    mock.delay(1.25, "hardware.list")
    await AsyncClient(transport=mock).hardware.list()
    assert caplog.messages == ["GET /hardware: 200 in 1250 ms"]


@pytest.mark.parametrize("name", ["CF-Ray", "X-Request-Id"])
async def test_the_id_of_the_request_is_in_its_line(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """It is what the service can be asked about."""
    caplog.set_level(logging.INFO, "replicate_typed")
    with Server(says(answer(404, {"detail": "no"}, headers={name: "8d1-FRA"}))) as server:
        async with client_of(server) as client:
            with pytest.raises(NotFoundError):
                await client.account.get()
    assert lines(caplog) == ["GET /account: 404 in * ms (request id 8d1-FRA)"]


async def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """No token, no input, no signature of an address, and of other hosts the name alone."""
    caplog.set_level(logging.DEBUG, "replicate_typed")
    url = "https://delivery.test/secret/fox.png?signature=secret"
    foreign: Operation[httpx.Response] = foreign_get("files.output", url, "https://api.test/v1")
    with Server(says(GOOD), says(GOOD), closes) as server:
        async with client_of(server) as client:
            await client.request("POST", "/anything?signature=secret", {"input": {"prompt": "secret"}})
            await client.request("GET", "/files/f1/download", query={"signature": "secret"})
            with pytest.raises(APIConnectionError):
                await client.request("GET", "/x", query={"signature": "secret"})
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=b"secret"))
    async with AsyncClient(transport=transport, token=TOKEN) as client:
        await client.send_raw(foreign)
    assert lines(caplog) == [
        "POST /anything: 200 in * ms",
        "GET /files/f1/download: 200 in * ms",
        "GET /x: failed (RemoteProtocolError) in * ms",
        "GET delivery.test/…: 200 in * ms",
    ]
    ours = [record for record in caplog.records if record.name == "replicate_typed"]
    assert not any("secret" in str(vars(record)) or TOKEN in str(vars(record)) for record in ours)


async def test_a_program_that_does_not_ask_for_it_hears_nothing(
    mock: MockTransport, caplog: pytest.LogCaptureFixture
) -> None:
    """Of what is no warning."""
    caplog.set_level(logging.WARNING)
    await AsyncClient(transport=mock).run("acme/slow", {"prompt": "fox"})
    assert caplog.records == []
