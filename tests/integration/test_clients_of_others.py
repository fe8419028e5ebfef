"""The clients of others against `replicate-typed serve`: they prove the service, and it proves their defects."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from integration.expected import DEFECTS, EXPECTED
from integration.peers import PEERS, Seen, see_all

from scripts.benchmarks.processes import FailedError

NAMES = [peer.name for peer in PEERS]


@pytest.fixture(scope="module")
def reports() -> Mapping[str, dict[str, Seen] | Exception]:
    """What each client saw, or why it cannot be had."""
    return see_all()


def seen_by(client: str, reports: Mapping[str, dict[str, Seen] | Exception]) -> dict[str, Seen]:
    found = reports[client]
    if isinstance(found, FailedError):
        pytest.skip(f"{client}: {found}")
    if isinstance(found, Exception):
        raise found
    return found


@pytest.mark.parametrize("step", EXPECTED)
@pytest.mark.parametrize("client", NAMES)
def test_the_client_sees(client: str, step: str, reports: Mapping[str, dict[str, Seen] | Exception]) -> None:
    """What the service is to show, or what a defect of its own makes of it."""
    seen = seen_by(client, reports)[step]
    if defect := DEFECTS.get((client, step)):
        assert defect.explains(seen), f"no longer so: {defect.why}\n{seen}"
    else:
        assert seen.get("value", seen) == EXPECTED[step]


@pytest.mark.parametrize("client", NAMES)
def test_every_step_is_expected(client: str, reports: Mapping[str, dict[str, Seen] | Exception]) -> None:
    """No client forgets one, or takes one that nobody looks at."""
    assert set(seen_by(client, reports)) == set(EXPECTED)
