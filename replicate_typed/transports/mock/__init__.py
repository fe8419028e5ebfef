"""The whole service in memory."""

from replicate_typed.transports.mock.calls import MockRequest
from replicate_typed.transports.mock.inputs import Input
from replicate_typed.transports.mock.outputs import ConcatenateIterator
from replicate_typed.transports.mock.service import MockTransport
from replicate_typed.transports.mock.webhooks import MockWebhook

__all__ = ["ConcatenateIterator", "Input", "MockRequest", "MockTransport", "MockWebhook"]
