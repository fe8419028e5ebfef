"""The functions of the package itself, on a client that is made when the first is called."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import replicate_typed
from replicate_typed import MissingTokenError, MockTransport, default
from replicate_typed.transports.stand_ins import standing_in


@pytest.mark.parametrize(
    "call",
    [
        lambda: replicate_typed.run("acme/echo", {"text": "a"}),
        lambda: replicate_typed.submit("acme/echo"),
        lambda: replicate_typed.wait("p1"),
        lambda: replicate_typed.attach("p1"),
        lambda: next(replicate_typed.paginate(default.client().models.list)),
    ],
)
def test_the_functions_use_the_environment(call: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """With no token there, each says how to set one, before any request."""
    monkeypatch.delenv("REPLICATE_API_TOKEN", raising=False)
    with pytest.raises(MissingTokenError, match="REPLICATE_API_TOKEN"):
        call()


def test_the_default_client_is_made_once() -> None:
    """However many threads ask for it first."""
    with ThreadPoolExecutor(8) as pool:
        made = [pool.submit(default.client) for _ in range(64)]
    assert len({id(each.result()) for each in made}) == 1


def test_what_stands_in_for_the_network_answers_them() -> None:
    """Each in turn, though the default client is made once."""
    for reply in ("fox", "owl"):
        mock = MockTransport()
        mock.reply("acme/echo", reply)
        with standing_in(mock):
            assert replicate_typed.run("acme/echo") == reply
            assert [model.name for model in replicate_typed.paginate(default.client().models.list)] == ["echo"]
