"""The whole service in memory."""

from replicate_typed.transports.mock.calls import MockRequest
from replicate_typed.transports.mock.service import MockTransport
from replicate_typed.transports.mock.signatures.inputs import Input
from replicate_typed.transports.mock.signatures.outputs import ConcatenateIterator
from replicate_typed.transports.mock.webhooks.webhook import MockWebhook

__all__ = ["ConcatenateIterator", "Input", "MockRequest", "MockTransport", "MockWebhook"]
