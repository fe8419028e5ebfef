# Made by scripts/unasync.py from tests/_async/test_interruptions.py; do not edit.
"""What strikes while a prediction is being created or watched, and what the caller then knows."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from clocks import Doing
from losing import LOST, Fate, Losing, late

from replicate_typed import (
    AmbiguousCreateError,
    APIConnectionError,
    Client,
    MockTransport,
    RunTimeoutError,
    VirtualClock,
)

pytestmark = pytest.mark.anyio
INPUT = {"text": "hello"}


class Unreliable(httpx.BaseTransport):
    """The mock service; some requests take virtual time, or fail, or are answered and the answer lost."""

    requires_token = False

    def __init__(self) -> None:
        self.mock = MockTransport()
        self.mock.model("acme/slow", starting=1, processing=9)(lambda: "done")
        self.seconds = 0.0
        self.mishaps: dict[str, list[BaseException]] = {"GET": [], "POST": []}

    @property
    def clock(self) -> VirtualClock:
        return self.mock.clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self.mock.handle_request(request)
        if request.method == "POST" and self.seconds:
            self.clock.sleep(self.seconds)
        if self.mishaps[request.method]:
            raise self.mishaps[request.method].pop(0)
        return response


def test_polling_survives_a_connection_that_breaks_for_a_moment() -> None:
    """Pain 4: a look at a prediction may be repeated, and is."""
    transport = Unreliable()
    transport.mishaps["GET"] = [httpx.ReadError("reset"), httpx.ConnectError("refused")]
    assert Client(transport=transport).run("acme/slow") == "done"


def test_a_connection_that_stays_broken_leaves_the_prediction_running() -> None:
    """Pain 4: the error says which prediction goes on, and how to wait for it again."""
    transport = Unreliable()
    transport.mishaps["GET"] = [httpx.ReadError("reset")] * 3
    client = Client(transport=transport)
    with pytest.raises(APIConnectionError) as caught:
        client.run("acme/slow")
    prediction = transport.mock.predictions[0]
    assert caught.value.__notes__ == [
        f"prediction {prediction['id']} of acme/slow goes on; wait for it again with client.wait('{prediction['id']}')"
    ]
    assert (client.wait(prediction["id"])).output == "done"


def test_time_running_out_during_a_look_cancels_the_prediction() -> None:
    """A look that fails after the deadline is as good as none."""

    class Late(Unreliable):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.method == "GET":
                self.clock.sleep(5)
                raise httpx.ReadTimeout("timed out")
            return super().handle_request(request)

    transport = Late()
    with pytest.raises(RunTimeoutError, match="it was canceled"):
        Client(transport=transport).run("acme/slow", timeout=5)
    assert transport.mock.predictions[0]["status"] == "canceled"


def test_a_cancel_that_fails_is_said_too() -> None:
    """The prediction may be running still, and its id is in the error."""

    class Deaf(Unreliable):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/cancel"):
                raise httpx.ConnectError("refused")
            return super().handle_request(request)

    transport = Deaf()
    with pytest.raises(RunTimeoutError, match="could not be canceled, and may be running still") as caught:
        Client(transport=transport).run("acme/slow", timeout=5)
    assert caught.value.prediction_id == transport.mock.predictions[0]["id"]


INTERRUPTED = Fate(error=KeyboardInterrupt)


def test_time_running_out_during_a_create_cancels_what_was_made() -> None:
    """Its id never arrived, so it is looked for; the error comes soon after the deadline (V25, pain 6)."""
    service = Losing(late(100))
    with pytest.raises(
        RunTimeoutError, match=r"did not end within 5 s \(last seen processing\); it was canceled"
    ) as caught:
        Client(transport=service).run("acme/echo", INPUT, timeout=5)
    assert caught.value.prediction_id == service.ids[0]
    assert service.statuses == ["canceled"]
    assert (service.creates, service.clock.now()) == (1, 5)


def test_time_running_out_during_a_create_may_leave_it_be() -> None:
    """With `cancel_on_exit=False` it is looked for, too, and named."""
    service = Losing(late(100))
    client = Client(transport=service)
    with pytest.raises(RunTimeoutError, match="it goes on: wait for it again") as caught:
        client.run("acme/echo", INPUT, timeout=5, cancel_on_exit=False)
    assert caught.value.prediction_id == service.ids[0]
    assert (client.wait(service.ids[0])).output == "hello"


def test_time_running_out_during_a_create_that_is_not_found_says_that_one_may_be_running() -> None:
    """A few seconds are spent on it, and no more."""
    service = Losing(Fate(arrives=False, seconds=100))
    with pytest.raises(RunTimeoutError, match=r"nothing was heard within 5 s: .* may have been created") as caught:
        Client(transport=service).run("acme/echo", INPUT, timeout=5)
    assert caught.value.prediction is None
    assert caught.value.prediction_id is None
    assert isinstance(caught.value.__cause__, AmbiguousCreateError)
    assert service.clock.now() <= 10


def test_time_running_out_while_it_is_looked_for_cancels_it() -> None:
    """The search goes on to its end, so that nothing is left running."""
    service = Losing(LOST)
    hidden = [1, 2, 3]
    service.listed = lambda listed: [] if hidden and hidden.pop() else listed
    with pytest.raises(RunTimeoutError, match="it was canceled") as caught:
        Client(transport=service).run("acme/echo", INPUT, timeout=1)
    assert caught.value.prediction_id == service.ids[0]
    assert service.statuses == ["canceled"]
    assert service.clock.now() <= 5


def test_one_that_has_ended_by_the_time_it_is_found_is_the_result() -> None:
    """Time was up, but there is an output."""
    service = Losing(late(100))
    assert Client(transport=service).run("acme/echo", INPUT, timeout=11) == "hello"


def submit(client: Client) -> object:
    return client.submit("acme/echo", INPUT)


def create(client: Client) -> object:
    return client.predictions.create("acme/echo", INPUT)


def run(client: Client) -> object:
    return client.run("acme/echo", INPUT, timeout=60)


@pytest.mark.parametrize("call", [run, submit, create])
def test_ctrl_c_during_a_create_cancels_what_was_made(call: Any) -> None:
    """Nobody would have a handle on it; the note says what became of which prediction (V25)."""
    service = Losing(INTERRUPTED)
    with pytest.raises(KeyboardInterrupt) as caught:
        call(Client(transport=service))
    assert service.statuses == ["canceled"]
    assert caught.value.__notes__ == [f"prediction {service.ids[0]} of acme/echo had been created, now canceled"]


def test_ctrl_c_during_a_create_may_leave_it_be() -> None:
    """With `cancel_on_exit=False` it is looked for and named."""
    service = Losing(INTERRUPTED)
    client = Client(transport=service)
    with pytest.raises(KeyboardInterrupt) as caught:
        client.run("acme/echo", INPUT, cancel_on_exit=False)
    id = service.ids[0]
    assert caught.value.__notes__ == [
        f"prediction {id} of acme/echo had been created, and goes on; wait for it with client.wait('{id}')"
    ]
    assert (client.wait(id)).output == "hello"


def test_ctrl_c_during_a_create_that_is_not_found_says_that_one_may_be_running() -> None:
    """After a few seconds."""
    service = Losing(Fate(arrives=False, error=KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt) as caught:
        submit(Client(transport=service))
    assert caught.value.__notes__ == ["models.predictions.create was under way: a prediction may be running"]
    assert service.looks > 1
    assert service.clock.now() <= 5


def test_ctrl_c_during_a_create_names_what_it_may_be() -> None:
    """Should there be several, none is canceled."""
    service = Losing(INTERRUPTED)
    service.listed = lambda listed: [*listed, *(each | {"id": "stranger"} for each in listed)]
    with pytest.raises(KeyboardInterrupt) as caught:
        submit(Client(transport=service))
    assert caught.value.__notes__ == [
        f"models.predictions.create was under way: a prediction may be running, {service.ids[0]} or stranger"
    ]
    assert "canceled" not in service.statuses


class Interrupting:
    """Ctrl-C at requests of that number and path, counted from one."""

    def __init__(self, path: str, *numbers: int) -> None:
        self.path = path
        self.numbers = numbers
        self.count = 0

    def __call__(self, request: httpx.Request) -> None:
        if request.url.path.endswith(self.path) and (request.method == "GET") == (self.path == "/predictions"):
            self.count += 1
            if self.count in self.numbers:
                raise KeyboardInterrupt(self.count)


def test_ctrl_c_while_it_is_looked_for_cancels_it() -> None:
    """The search begins anew, shielded."""
    service = Losing(LOST)
    service.before = Interrupting("/predictions", 1)
    with pytest.raises(KeyboardInterrupt) as caught:
        run(Client(transport=service))
    assert service.statuses == ["canceled"]
    assert service.ids[0] in caught.value.__notes__[0]


@pytest.mark.parametrize("where", ["/predictions", "/cancel"])
def test_a_second_ctrl_c_ends_the_search_at_once(where: str) -> None:
    """It is the one that reaches the caller, and says that one may be running."""
    service = Losing(INTERRUPTED)
    service.before = Interrupting(where, 1)
    with pytest.raises(KeyboardInterrupt) as caught:
        run(Client(transport=service))
    assert caught.value.args == (1,)
    assert caught.value.__notes__ == ["models.predictions.create was under way: a prediction may be running"]
    assert isinstance(caught.value.__context__, KeyboardInterrupt)
    assert service.statuses == ["starting"]
    assert service.clock.now() == 0


def test_a_cancel_that_fails_after_ctrl_c_is_said() -> None:
    """With the id, so that it can be tried again."""
    service = Losing(INTERRUPTED)
    service.mock.fail("predictions.cancel", status=404)
    with pytest.raises(KeyboardInterrupt) as caught:
        submit(Client(transport=service))
    assert caught.value.__notes__ == [
        f"prediction {service.ids[0]} of acme/echo had been created, and could not be canceled: it may be running still"
    ]


def test_a_transport_that_fails_in_its_own_way_leaves_nothing_running() -> None:
    """Its error reaches the caller with the same note."""
    service = Losing(Fate(error=lambda: LookupError("a bug")))
    with pytest.raises(LookupError) as caught:
        run(Client(transport=service))
    assert service.statuses == ["canceled"]
    assert service.ids[0] in caught.value.__notes__[0]


def interrupt() -> None:
    raise KeyboardInterrupt


def test_ctrl_c_during_the_pause_after_a_refusal_has_left_nothing_behind() -> None:
    """What was refused was surely not made: nothing is looked for, nothing noted."""
    service = Losing()
    service.mock.fail("predictions.create", status=429, retry_after=10)
    service.clock.schedule(5, Doing(interrupt))
    with pytest.raises(KeyboardInterrupt) as caught:
        run(Client(transport=service))
    assert getattr(caught.value, "__notes__", []) == []
    assert (service.creates, service.looks) == (1, 0)
