"""The fault matrix, continued: answers that are errors, lead astray, or are not what they say."""

from __future__ import annotations

import pytest
from _async.matrix import DOING, ended_badly, ended_too_well, row_of
from faults import LIES, PAUSES, REDIRECTS, STATUSES, throttled
from faulty_api import Fault

from replicate_typed.pacing import FIRST_BACKOFF, LONGEST_RETRY_AFTER

pytestmark = pytest.mark.anyio

ANSWERS = {**REDIRECTS, **STATUSES}
TRANSIENT = {name: fault for name, fault in ANSWERS.items() if fault.sent_again != "never"}
ACROSS = {name: DOING[name] for name in ("run", "run, and look", "run out of time", "create", "paginate", "download")}
ONE_OF_EACH = {name: DOING[name] for name in ("create", "cancel")}


@pytest.fixture
def anyio_backend() -> str:
    """One event loop: what reads answers knows none."""
    return "asyncio"


@pytest.mark.parametrize("fault", TRANSIENT.values(), ids=TRANSIENT.keys())
async def test_an_error_that_stays_is_an_error(fault: Fault) -> None:
    """Of ours, but for a prediction that was made, which is found (V1)."""
    row = await row_of(fault, across=ACROSS)
    assert ended_too_well(row) == []
    assert ended_badly(cell for cell in row if cell.is_found) == []


@pytest.mark.parametrize("fault", ANSWERS.values(), ids=ANSWERS.keys())
async def test_an_error_that_passes_is_not_noticed(fault: Fault) -> None:
    """A create is repeated if nothing was done; what is safe to repeat, also if the service failed (V11)."""
    row = await row_of(fault, times=1, across=ACROSS)
    if fault.sent_again == "never":
        assert ended_too_well(row) == []
    else:
        assert ended_badly(cell for cell in row if fault.sent_again == "always" or cell.doing.is_repeated) == []


@pytest.mark.parametrize(("headers", "in_body", "asked"), PAUSES.values(), ids=PAUSES.keys())
async def test_the_pause_that_is_asked_for_is_made(
    headers: dict[str, str], in_body: object, asked: float | None
) -> None:
    """In whatever form (V7), but for a minute at most (V23); what is no pause is as if nothing had been said."""
    row = await row_of(throttled(headers, in_body), times=1, across=ONE_OF_EACH)
    assert ended_badly(row) == []
    for cell in row:
        if asked is None:
            assert 0 <= cell.pauses[0] <= FIRST_BACKOFF
        else:
            assert cell.pauses == (min(asked, LONGEST_RETRY_AFTER),)


@pytest.mark.parametrize("fault", LIES.values(), ids=LIES.keys())
async def test_a_success_that_is_not_what_it_says_is_an_error(fault: Fault) -> None:
    """Unless it was to be a prediction, which is found, or told of by the error."""
    assert ended_too_well(await row_of(fault)) == []
