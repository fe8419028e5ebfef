"""What a client sends its requests through; each is imported on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replicate_typed._async.cog import AsyncCogTransport as AsyncCogTransport
    from replicate_typed._async.transports import AsyncHTTPTransport as AsyncHTTPTransport
    from replicate_typed._sync.cog import CogTransport as CogTransport
    from replicate_typed._sync.transports import HTTPTransport as HTTPTransport
    from replicate_typed.transports.cassettes import RecordedTransport as RecordedTransport
    from replicate_typed.transports.mock import MockTransport as MockTransport
    from replicate_typed.transports.protocols import AsyncTransport as AsyncTransport, Transport as Transport

__all__ = [
    "AsyncCogTransport",
    "AsyncHTTPTransport",
    "AsyncTransport",
    "CogTransport",
    "HTTPTransport",
    "MockTransport",
    "RecordedTransport",
    "Transport",
]

if not TYPE_CHECKING:
    from replicate_typed.lazy_names import lazy_names

    _HOMES = {
        "AsyncCogTransport": "replicate_typed._async.cog",
        "AsyncHTTPTransport": "replicate_typed._async.transports",
        "AsyncTransport": "replicate_typed.transports.protocols",
        "CogTransport": "replicate_typed._sync.cog",
        "HTTPTransport": "replicate_typed._sync.transports",
        "MockTransport": "replicate_typed.transports.mock",
        "RecordedTransport": "replicate_typed.transports.cassettes",
        "Transport": "replicate_typed.transports.protocols",
    }
    __getattr__, __dir__ = lazy_names(__name__, _HOMES)
