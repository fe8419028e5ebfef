"""Lists, as every resource answers them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from replicate_typed.transports.mock.exchanges import Reply, json_reply
from replicate_typed.transports.mock.pages import page

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.state import State

T = TypeVar("T")


def page_reply(
    state: State, call: Call, kind: str, items: Sequence[T], rank: Callable[[T], int], write: Callable[[T], object]
) -> Reply:
    """The page of items that is asked for; items come in the order of their ranks."""
    return json_reply(page(items, rank, write, size=state.page_size(kind), url=call.request.url))
