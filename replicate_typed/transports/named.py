"""The transports that REPLICATE_TRANSPORT names; each is one for the whole process, however many ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replicate_typed.settings import TransportName
    from replicate_typed.transports.stand_ins import StandIn


def named_transport(name: TransportName) -> StandIn:
    """The service in memory that a file defines, or a cassette."""
    match name.kind:
        case "mock":
            from replicate_typed.transports.mock.loading import shared_mock

            return shared_mock(name.file)
        case "recorded":
            from replicate_typed.transports.cassettes.shared import shared_recording

            return shared_recording(name.file)
