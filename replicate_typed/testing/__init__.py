"""A plugin of pytest: fixtures of the service in memory and of recordings, and tests that cannot reach the network.

pytest finds it wherever the package is installed; see docs/testing.md and docs/recording.md.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, TypeGuard

import pytest

if TYPE_CHECKING:
    import pluggy

    from replicate_typed import AsyncClient, Client, MockTransport, RecordedTransport
    from replicate_typed.transports.stand_ins import StandIn

NETWORK = "replicate_network"
CASSETTE = "replicate_cassette"
STAND_INS = {
    "replicate_mock": ("replicate_typed.transports.mock", "MockTransport"),
    CASSETTE: ("replicate_typed.transports.cassettes", "RecordedTransport"),
}

STARTED = pytest.StashKey[float]()
"""When the run began, in seconds since 1970; parallel workers begin before any of them runs a test."""


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


@pytest.fixture
def replicate_cassette(request: pytest.FixtureRequest) -> Generator[RecordedTransport]:
    """Real traffic, recorded in a file of this test, then replayed; the mark of this name does the same.

    While a test has it, every client that was given no transport reaches it, wherever and whenever it was made.
    """
    from replicate_typed.testing.cassettes import cassette_of

    with cassette_of(request.node) as transport:
        yield transport


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("replicate_typed")
    group.addoption(
        "--replicate-record",
        choices=("none", "once", "new", "all"),
        help="What tests with a cassette do: none replays only; once records where there is no file; new adds what has "
        "no answer yet; all records anew. By default once, but none where CI is set or the network is refused",
    )
    group.addoption(
        "--replicate-unused", action="store_true", help="List what was recorded, and was not used by the tests that ran"
    )
    parser.addini(
        NETWORK, "Whether clients of replicate_typed may use the network: allow (default) or refuse", default="allow"
    )


def pytest_configure(config: pytest.Config) -> None:
    choice = config.getini(NETWORK)
    if choice not in {"allow", "refuse"}:
        raise pytest.UsageError(f"{NETWORK} must be allow or refuse, not {choice!r}")
    config.stash[STARTED] = time.time()
    config.addinivalue_line(
        "markers",
        f"{CASSETTE}(path): clients use a recording: the cassette at the path from the folder of the test module, "
        "by default cassettes/MODULE/TEST.yaml",
    )
    if config.getoption("--replicate-unused"):
        from replicate_typed.testing.unused import Unused

        config.pluginmanager.register(Unused())
    if choice == "refuse":
        from replicate_typed.refusal import network_refused

        refusal = ExitStack()
        refusal.enter_context(network_refused())
        config.add_cleanup(refusal.close)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Have the mark ask for the fixture, before those that may use a client."""
    names: list[str] = getattr(item, "fixturenames", [])
    if item.get_closest_marker(CASSETTE) is not None and CASSETTE not in names:
        names.insert(0, CASSETTE)


@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, pluggy.Result[Any]]:
    """Have it stand in for the network, also what somebody's own fixture of that name gives."""
    outcome = yield
    name = fixturedef.argname
    if name in STAND_INS and outcome.excinfo is None and _is_stand_in(value := outcome.get_result(), *STAND_INS[name]):
        from replicate_typed.transports.stand_ins import standing_in

        standing = ExitStack()
        standing.enter_context(standing_in(value))
        fixturedef.addfinalizer(standing.close)


def _is_stand_in(value: object, module: str, kind: str) -> TypeGuard[StandIn]:
    """Whether this is ours; where there is one, its module has been imported."""
    home = sys.modules.get(module)
    return home is not None and isinstance(value, getattr(home, kind))
