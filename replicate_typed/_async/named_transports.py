"""The transports that REPLICATE_TRANSPORT names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replicate_typed.settings import TransportName
    from replicate_typed.transports import AsyncTransport


def named_transport(name: TransportName) -> AsyncTransport:
    """The service in memory that a file defines, or a cassette, one for the whole process; or a Cog server."""
    match name.kind:
        case "mock":
            from replicate_typed.transports.mock.loading import shared_mock

            return shared_mock(name.place)
        case "recorded":
            from replicate_typed.transports.cassettes.shared import shared_recording

            return shared_recording(name.place)
        case "cog":
            from replicate_typed._async.cog import AsyncCogTransport

            return AsyncCogTransport(name.place)
