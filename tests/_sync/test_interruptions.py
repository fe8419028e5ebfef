# Made by scripts/unasync.py from tests/_async/test_interruptions.py; do not edit.
"""What strikes while a prediction is being created or watched, and what the caller then knows."""

from __future__ import annotations

import httpx
import pytest

from replicate_typed import (
    AmbiguousCreateError,
    APIConnectionError,
    Client,
    MockTransport,
    RunTimeoutError,
    VirtualClock,
)

pytestmark = pytest.mark.anyio


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


def test_a_create_whose_answer_is_lost_is_not_sent_again() -> None:
    """One prediction was made, and the error says that one may have been."""
    transport = Unreliable()
    transport.mishaps["POST"] = [httpx.ReadError("reset")]
    with pytest.raises(AmbiguousCreateError, match="may have been created, and was not asked for again"):
        Client(transport=transport).run("acme/slow")
    assert len(transport.mock.predictions) == 1


def test_time_running_out_during_a_create_says_that_one_may_be_running() -> None:
    """The id never arrived, so nothing can be canceled."""
    transport = Unreliable()
    transport.seconds = 5
    transport.mishaps["POST"] = [httpx.ReadTimeout("timed out")]
    with pytest.raises(RunTimeoutError, match=r"nothing was heard within 5 s: .* may have been created") as caught:
        Client(transport=transport).run("acme/slow", timeout=5)
    assert caught.value.prediction is None
    assert caught.value.prediction_id is None
    assert isinstance(caught.value.__cause__, AmbiguousCreateError)


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


def test_ctrl_c_during_a_create_says_that_one_may_be_running() -> None:
    """The interruption reaches the caller with a note."""
    transport = Unreliable()
    transport.mishaps["POST"] = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt) as caught:
        Client(transport=transport).submit("acme/slow")
    assert caught.value.__notes__ == ["models.predictions.create was under way: a prediction may be running"]
