"""What a handler is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from replicate_typed.transports.mock.calls import Call
from replicate_typed.transports.mock.exchanges import Exchange, Reply
from replicate_typed.transports.mock.state import State

Handler: TypeAlias = Callable[[State, Call], Reply | Exchange]
"""What answers an operation, at once or after pauses."""
