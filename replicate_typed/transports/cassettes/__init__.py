"""Recorded traffic, in the format of vcrpy."""

from replicate_typed.transports.cassettes.transport import RecordedTransport

__all__ = ["RecordedTransport"]
