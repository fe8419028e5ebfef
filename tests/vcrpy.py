"""What the tests use of vcrpy, which has no types."""

from __future__ import annotations

from importlib import import_module
from typing import Any

VCR: Any = import_module("vcr").VCR
yamlserializer: Any = import_module("vcr.serializers.yamlserializer")
jsonserializer: Any = import_module("vcr.serializers.jsonserializer")
deserialize: Any = import_module("vcr.serialize").deserialize
FilesystemPersister: Any = import_module("vcr.persisters.filesystem").FilesystemPersister
