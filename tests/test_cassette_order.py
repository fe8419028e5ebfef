"""The order in which recorded answers are played, and when one is played again."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import anyio
import pytest
from tapes import API, asked, interaction

from replicate_typed import AsyncClient, CassetteError, Client, MockTransport, RecordedTransport, RunTimeoutError
from replicate_typed.transports.cassettes import tape as tapes
from replicate_typed.transports.cassettes.interactions import Interaction
from replicate_typed.transports.cassettes.tape import Tape, goes_on

GET = asked("GET", f"{API}/predictions/p1", b"")
CREATE = asked("POST", f"{API}/predictions", b"{}")
CANCEL = asked("POST", f"{API}/predictions/p1/cancel", b"")


def poll(status: str, **more: str) -> Interaction:
    members = "".join(f', "{name}": "{value}"' for name, value in more.items())
    return interaction(
        "GET", "/predictions/p1", b'{"id": "p1", "status": "%s"%s}' % (status.encode(), members.encode())
    )


def played(tape: Tape, *requests: Any) -> list[int | None]:
    """The numbers of the interactions that are played for these requests."""
    found = [tape.play(request) for request in requests]
    return [
        None if each is None else next(i for i, one in enumerate(tape.interactions) if one is each) for each in found
    ]


def test_equal_requests_get_their_answers_in_order() -> None:
    """And the last answer to a reading request again and again."""
    tape = Tape([poll("starting"), interaction("GET", "/account"), poll("processing"), poll("succeeded")])
    assert played(tape, *[GET] * 5) == [0, 2, 3, 3, 3]
    assert [str(each) for each in tape.unused] == [f"GET {API}/account -> 200"]


def test_what_is_paid_for_is_played_once() -> None:
    """As often as it was recorded, in that order."""
    tape = Tape([interaction("POST", "/predictions", b'{"id": "%d"}' % number, b"{}") for number in range(2)])
    assert played(tape, *[CREATE] * 3) == [0, 1, None]
    assert "interactions[1], POST" in tape.lack(CREATE) or "interactions[0], POST" in tape.lack(CREATE)


def test_a_prediction_that_goes_on_is_not_played_for_ever() -> None:
    """When the recording ends before it does, the next poll is an error that says so."""
    tape = Tape([poll("starting"), poll("processing")])
    assert played(tape, *[GET] * 3) == [0, 1, None]
    assert tape.lack(GET).endswith("says that something goes on; the recording ends before that does")


def test_polls_wait_for_the_cancellation() -> None:
    """However many there are before it, what was recorded after it is played after it."""
    tape = Tape([poll("starting"), poll("processing"), interaction("POST", "/predictions/p1/cancel"), poll("canceled")])
    assert played(tape, *[GET] * 5, CANCEL, *[GET] * 2) == [0, 1, 1, 1, 1, 2, 3, 3]


def test_the_last_poll_is_repeated_until_the_cancellation() -> None:
    """If that was the last that was recorded of it; then no more."""
    tape = Tape([poll("processing"), interaction("POST", "/predictions/p1/cancel", b'{"status": "canceled"}')])
    assert played(tape, *[GET] * 4, CANCEL, GET) == [0, 0, 0, 0, 1, None]


def test_the_cancellation_of_another_prediction_does_not_matter() -> None:
    """Its path only begins the same."""
    tape = Tape([poll("processing"), interaction("POST", "/predictions/p11/cancel")])
    assert played(tape, GET, GET) == [0, None]


def test_waiting_for_what_never_comes_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that does not cancel what was canceled then would wait for ever, on a virtual clock."""
    monkeypatch.setattr(tapes, "MOST_REPEATS", 3)
    tape = Tape([poll("processing"), interaction("POST", "/predictions/p1/cancel")])
    assert played(tape, *[GET] * 6) == [0, 0, 0, 0, None, None]


def test_the_host_decides_between_equals_only() -> None:
    """One recording is replayed at any base URL; of two hosts, each gets its own answers."""
    elsewhere = Interaction(asked("GET", "http://localhost/v1/predictions/p1", b""), poll("failed").response)
    tape = Tape([elsewhere, poll("succeeded")])
    assert played(tape, GET, elsewhere.request, GET) == [1, 0, 1]
    assert played(Tape([elsewhere]), GET) == [0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"id": "p", "status": "starting"}', True),
        (b'{"id": "p", "status": "processing"}', True),
        (b'{"id": "p", "status": "paused", "completed_at": null}', True),
        (b'{"id": "p", "status": "paused", "completed_at": "2025-01-01T00:00:00Z"}', False),
        (b'{"id": "p", "status": "succeeded"}', False),
        (b'{"id": "p", "status": "aborted"}', False),
        (b'{"status": 404, "detail": "no"}', False),
        (b'{"id": "p"}', False),
        (b'[{"id": "p", "status": "starting"}]', False),
        (b"{", False),
        (b"", False),
        (b'{"a":' * 100_000, False),
    ],
)
def test_only_a_prediction_or_training_goes_on(body: bytes, expected: bool) -> None:
    """By its status, or by its time of completion if that is unknown."""
    assert goes_on(interaction("GET", "/x", body).response) is expected


def test_a_compressed_answer_is_looked_into() -> None:
    """As most of the service's are."""
    import gzip

    from attrs import evolve

    found = poll("processing").response
    body = gzip.compress(found.body)
    assert goes_on(evolve(found, body=body, headers=((b"Content-Encoding", b"gzip"),)))


def test_threads_share_a_cassette() -> None:
    """Each interaction is played once, whoever asks first."""
    tape = Tape([interaction("POST", "/predictions", b'{"id": "%d"}' % number, b"{}") for number in range(400)])
    found: list[str] = []

    def work() -> None:
        for _ in range(50):
            interaction = tape.play(CREATE)
            assert interaction is not None
            found.append(interaction.response.body.decode())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 400
    assert tape.unused == []


def echo(prompt: str) -> str:
    return prompt


def mocked() -> MockTransport:
    mock = MockTransport()
    mock.model("acme/echo", processing=30)(echo)
    return mock


@pytest.mark.anyio
async def test_tasks_share_a_cassette(tmp_path: Path) -> None:
    """Ten runs at a time, on the virtual clock of the replay."""
    path = tmp_path / "runs.yaml"
    for inner in (mocked(), None):
        outputs: dict[int, Any] = {}
        transport = RecordedTransport(path, inner=inner)
        async with AsyncClient(transport=transport) as client:

            async def one(number: int, client: AsyncClient = client, outputs: dict[int, Any] = outputs) -> None:
                outputs[number] = await client.run("acme/echo", {"prompt": f"{number}"})

            async with anyio.create_task_group() as tasks:
                for number in range(10):
                    tasks.start_soon(one, number)
        assert outputs == {number: f"{number}" for number in range(10)}
    assert transport.unused == []


def test_a_run_that_times_out_replays(tmp_path: Path) -> None:
    """With its cancellation, by the virtual time of the replay; a longer timeout asks for more than there is."""
    path = tmp_path / "late.yaml"
    for inner in (mocked(), None):
        with Client(transport=RecordedTransport(path, inner=inner)) as client, pytest.raises(RunTimeoutError) as caught:
            client.run("acme/echo", {"prompt": "hi"}, timeout=10)
        assert caught.value.prediction is not None
        assert caught.value.prediction.status == "canceled"
    with Client(transport=RecordedTransport(path)) as client, pytest.raises(CassetteError, match="something goes on"):
        client.run("acme/echo", {"prompt": "hi"})
