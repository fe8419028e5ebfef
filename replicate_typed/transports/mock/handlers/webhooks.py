"""The secret of webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replicate_typed.transports.mock.exchanges import Reply, json_reply

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.handlers.table import Handler
    from replicate_typed.transports.mock.state import State


def get_secret(state: State, _call: Call) -> Reply:
    return json_reply({"key": state.webhooks.secret})


HANDLERS: dict[str, Handler] = {"webhooks.default.secret.get": get_secret}
