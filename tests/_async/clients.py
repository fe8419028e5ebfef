"""A client of a server, and what the two say to each other."""

from __future__ import annotations

import json
from typing import Any

from servers import Server, answer

from replicate_typed import AsyncClient

TOKEN = "r8_secret0123456789"
ACCOUNT = {"type": "user", "username": "acme"}
TEXT = json.dumps(ACCOUNT).encode()
GOOD = answer(200, ACCOUNT)


def client_of(server: Server, *, retries: int = 0, timeout: float = 5, **options: Any) -> AsyncClient:
    return AsyncClient(token=TOKEN, base_url=server.url, retries=retries, timeout=timeout, **options)
