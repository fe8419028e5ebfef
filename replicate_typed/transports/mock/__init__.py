"""The whole service in memory."""

from replicate_typed.transports.mock.calls import MockRequest
from replicate_typed.transports.mock.service import MockTransport

__all__ = ["MockRequest", "MockTransport"]
