"""The functions of the package itself, on a client that is made when the first is called."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import replicate_typed
from replicate_typed import AsyncClient, Client, MissingTokenError, MockTransport, default
from replicate_typed.transports.stand_ins import standing_in


@pytest.mark.parametrize(
    "call",
    [
        lambda: replicate_typed.run("acme/echo", {"text": "a"}),
        lambda: replicate_typed.submit("acme/echo"),
        lambda: replicate_typed.wait("p1"),
        lambda: replicate_typed.attach("p1"),
        lambda: next(replicate_typed.stream("acme/echo")),
        lambda: next(replicate_typed.paginate(default.client().models.list)),
    ],
)
def test_the_functions_use_the_environment(call: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """With no token there, each says how to set one, before any request."""
    monkeypatch.delenv("REPLICATE_API_TOKEN", raising=False)
    with pytest.raises(MissingTokenError, match="REPLICATE_API_TOKEN"):
        call()


FUNCTIONS = [
    each.__name__ for each in vars(default).values() if inspect.isfunction(each) and each.__module__ == default.__name__
]


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "client"])
def test_what_the_package_does_a_client_does(name: str) -> None:
    """Each function is a method with the same arguments, of both colours (V15)."""
    function = getattr(replicate_typed, name)
    for kind in (Client, AsyncClient):
        _, *parameters = inspect.signature(getattr(kind, name)).parameters.values()
        expected = list(inspect.signature(function).parameters.values())
        assert [(each.name, each.kind, each.default) for each in parameters] == [
            (each.name, each.kind, each.default) for each in expected
        ]


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
            assert "".join(map(str, replicate_typed.stream("acme/echo"))) == reply
            assert [model.name for model in replicate_typed.paginate(default.client().models.list)] == ["echo"]
