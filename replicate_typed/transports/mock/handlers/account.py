"""Account and hardware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replicate_typed.transports.mock.accounts import HARDWARE
from replicate_typed.transports.mock.exchanges import Reply, json_reply

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.handlers.table import Handler
    from replicate_typed.transports.mock.state import State


def get_account(state: State, _call: Call) -> Reply:
    return json_reply(state.account_json)


def list_hardware(_state: State, _call: Call) -> Reply:
    return json_reply(HARDWARE)


HANDLERS: dict[str, Handler] = {"account.get": get_account, "hardware.list": list_hardware}
