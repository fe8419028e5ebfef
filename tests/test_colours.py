"""The two colours do not mix, and the error says so at once."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from replicate_typed import AsyncClient, AsyncHTTPTransport, Client, HTTPTransport


@pytest.mark.parametrize("transport", [AsyncHTTPTransport(), httpx.AsyncHTTPTransport(), httpx.AsyncClient()])
def test_an_async_transport_does_not_fit_a_sync_client(transport: Any) -> None:
    """The error names the method that is missing."""
    name = type(transport).__name__
    with pytest.raises(TypeError, match=f"transport must have handle_request, which {name} has not"):
        Client(transport=transport)


@pytest.mark.parametrize("transport", [HTTPTransport(), httpx.HTTPTransport(), httpx.Client()])
def test_a_sync_transport_does_not_fit_an_async_client(transport: Any) -> None:
    """The error names the method that is missing."""
    name = type(transport).__name__
    with pytest.raises(TypeError, match=f"transport must have handle_async_request, which {name} has not"):
        AsyncClient(transport=transport)


def test_a_client_of_httpx_in_the_other_colour_makes_no_transport() -> None:
    """Each transport takes its own."""
    wrong: Any = httpx.AsyncClient()
    with pytest.raises(TypeError, match=r"expected an httpx\.Client, got AsyncClient"):
        HTTPTransport(wrong)
    wrong = httpx.Client()
    with pytest.raises(TypeError, match=r"expected an httpx\.AsyncClient, got Client"):
        AsyncHTTPTransport(wrong)


def test_the_colours_offer_the_same() -> None:
    """Same public names on both clients."""
    names = [{name for name in dir(kind) if not name.startswith("_")} for kind in (Client, AsyncClient)]
    assert names[0] == names[1]
