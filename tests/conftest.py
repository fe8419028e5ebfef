"""What every test has: both event loops, and an environment without settings or proxies."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import certifi
import hypothesis
import pytest

from scripts.cog_server import CogServer

pytest_plugins = "pytester"  # for tests of our own plugin of pytest

COG_MODEL = Path(__file__).parent / "cog_model"
VARIABLES = ("REPLICATE_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

# How long an example takes depends on the machine, so it fails no test.
hypothesis.settings.register_profile("timeless", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("timeless")


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Every async test runs on both event loops."""
    return str(request.param)


@pytest.fixture(scope="session")
def one_certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file with the first of certifi's certificates."""
    path = tmp_path_factory.mktemp("certificates") / "one.pem"
    end = "-----END CERTIFICATE-----\n"
    path.write_text(certifi.contents().partition(end)[0] + end)
    return str(path)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, one_certificate: str) -> None:
    for name in list(os.environ):
        if name.upper().startswith(VARIABLES):
            monkeypatch.delenv(name)
    # Reading all of them takes 20 ms for each real transport, and no test leaves the machine.
    monkeypatch.setenv("SSL_CERT_FILE", one_certificate)


@pytest.fixture(scope="session")
def cog_url() -> Generator[str]:
    """A real Cog server of the model in `cog_model`."""
    with CogServer(COG_MODEL) as server:
        yield server.url
