"""What every test has: both event loops, and an environment without settings or proxies."""

from __future__ import annotations

import os

import pytest

VARIABLES = ("REPLICATE_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Every async test runs on both event loops."""
    return str(request.param)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper().startswith(VARIABLES):
            monkeypatch.delenv(name)
