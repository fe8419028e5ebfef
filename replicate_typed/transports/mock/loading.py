"""A mock from a file."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from replicate_typed.transports.mock.service import MockTransport

if TYPE_CHECKING:
    from pathlib import Path


def load_mock(path: Path) -> MockTransport:
    """The `mock` that a Python file defines."""
    spec = importlib.util.spec_from_file_location("mock_models", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    mock: object = getattr(module, "mock", None)
    if not isinstance(mock, MockTransport):
        raise ValueError(f"{path} defines no mock = MockTransport()")
    return mock
