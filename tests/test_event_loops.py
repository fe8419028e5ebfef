"""One async client in several event loops, one after the other."""

from __future__ import annotations

import asyncio
import gc

import pytest
import trio
from servers import Server, answer, says

from replicate_typed import AsyncClient


@pytest.mark.filterwarnings("ignore:unclosed")  # what an event loop leaves open when it ends, nobody can close
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_client_outlives_event_loops() -> None:
    """Pain 17: as in scripts, where each call may be an `asyncio.run`: it has connections of its own in each."""
    with Server(says(answer(200, {"type": "user", "username": "acme"}))) as server:
        client = AsyncClient(token="r8_secret", base_url=server.url, retries=0)
        for _ in range(3):
            assert asyncio.run(client.account.get()).username == "acme"
        assert trio.run(client.account.get).username == "acme"
        asyncio.run(client.close())
        assert server.connections == 4
        del client
        gc.collect()  # here, not in another test
