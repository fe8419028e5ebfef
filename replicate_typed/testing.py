"""A plugin of pytest: fixtures of the service in memory, and tests that cannot reach the network.

pytest finds it wherever the package is installed; see docs/testing.md.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, TypeGuard

import pytest

if TYPE_CHECKING:
    import pluggy

    from replicate_typed import AsyncClient, Client, MockTransport

NETWORK = "replicate_network"
MOCK = "replicate_mock"


@pytest.fixture
def replicate_mock() -> MockTransport:
    """The service in memory, fresh for each test.

    While a test has it, every client that was given no transport reaches it, wherever and whenever it was made.
    Override it to give it models; the other fixtures then use yours.
    """
    from replicate_typed import MockTransport

    return MockTransport()


@pytest.fixture
def replicate_client(replicate_mock: MockTransport) -> Generator[Client]:
    """A client of the service in memory, closed after the test."""
    from replicate_typed import Client

    with Client(transport=replicate_mock) as client:
        yield client


@pytest.fixture
def async_replicate_client(replicate_mock: MockTransport) -> Generator[AsyncClient]:
    """An async client of the service in memory, closed after the test; on any event loop."""
    from replicate_typed import AsyncClient

    client = AsyncClient(transport=replicate_mock)
    yield client
    with suppress(StopIteration):
        client.close().send(None)  # an await that waits for nothing needs no event loop


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        NETWORK, "Whether clients of replicate_typed may use the network: allow (default) or refuse", default="allow"
    )


def pytest_configure(config: pytest.Config) -> None:
    choice = config.getini(NETWORK)
    if choice not in {"allow", "refuse"}:
        raise pytest.UsageError(f"{NETWORK} must be allow or refuse, not {choice!r}")
    if choice == "refuse":
        from replicate_typed.refusal import network_refused

        refusal = ExitStack()
        refusal.enter_context(network_refused())
        config.add_cleanup(refusal.close)


@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, pluggy.Result[Any]]:
    """Have the mock stand in for the network, also one that somebody's own fixture of that name gives."""
    outcome = yield
    if fixturedef.argname == MOCK and outcome.excinfo is None and _is_mock(mock := outcome.get_result()):
        from replicate_typed.transports.stand_ins import standing_in

        standing = ExitStack()
        standing.enter_context(standing_in(mock))
        fixturedef.addfinalizer(standing.close)


def _is_mock(value: object) -> TypeGuard[MockTransport]:
    """Whether this is ours; where there is one, its module has been imported."""
    module = sys.modules.get("replicate_typed.transports.mock")
    return module is not None and isinstance(value, module.MockTransport)
