"""The fault matrix: what goes wrong on the wire, whatever the client is doing; over real sockets.

At most one prediction is made, it is not lost track of, the errors are ours, and the token stays here.
"""

from __future__ import annotations

import pytest
from _async.matrix import ended_badly, ended_too_well, row_of
from faults import CONNECTIONS, SLOW, WHOLE
from faulty_api import Fault

pytestmark = pytest.mark.anyio

BROKEN = {**CONNECTIONS, **SLOW}
PASSING = {name: fault for name, fault in CONNECTIONS.items() if fault.stage != "connecting"}


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN.keys())
async def test_a_connection_that_keeps_breaking_is_an_error(fault: Fault) -> None:
    """Of ours, but for a prediction that was made, which is found (V1)."""
    row = await row_of(fault)
    assert ended_too_well(row) == []
    assert ended_badly(cell for cell in row if cell.is_found) == []


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
async def test_a_connection_that_breaks_once_is_not_noticed(fault: Fault) -> None:
    """Where it is safe to ask again (V11)."""
    row = await row_of(fault, times=1)
    assert ended_badly(cell for cell in row if cell.doing.is_repeated) == []


@pytest.mark.parametrize("fault", WHOLE.values(), ids=WHOLE.keys())
async def test_an_odd_answer_that_is_whole_is_an_answer(fault: Fault) -> None:
    """Nothing is wrong with it."""
    assert ended_badly(await row_of(fault)) == []
