"""How the mock service says no."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeGuard

import httpx
from attrs import frozen

from replicate_typed.transports.mock.exchanges import Reply, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ProblemError(Exception):
    """An answer that is an error: a status, a body of `application/problem+json`, and headers."""

    def __init__(
        self,
        status: int,
        detail: str,
        members: Mapping[str, object] = MappingProxyType({}),
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(detail)
        self.status: int = status
        self.body: dict[str, object] = {"detail": detail, "status": status, **members}
        self.headers: dict[str, str] = {"content-type": "application/problem+json", **headers}

    def reply(self) -> Reply:
        """The answer; the service ends it with a line break."""
        return Reply(self.status, to_json(self.body) + b"\n", self.headers)

    def response(self) -> httpx.Response:
        """The same for who stands before the service."""
        return httpx.Response(self.status, headers=self.headers, content=to_json(self.body) + b"\n")


@frozen
class InvalidField:
    """One thing wrong with a body: what kind, in which object (dotted; empty at the top), in words."""

    type: str
    field: str
    description: str

    @classmethod
    def required(cls, parent: str, name: str) -> InvalidField:
        return cls("required", parent, f"{name} is required")

    @classmethod
    def unexpected(cls, parent: str, name: str) -> InvalidField:
        return cls("additional_property_not_allowed", parent, f"Additional property {name} is not allowed")

    def as_json(self) -> dict[str, object]:
        return {"type": self.type, "field": self.field, "description": self.description}


def invalid_input(fields: Sequence[InvalidField]) -> ProblemError:
    """422, in the words of the service: one line of detail a field."""
    lines = [f"- {row.field}: {row.description}\n" if row.field else f"- {row.description}\n" for row in fields]
    return ProblemError(
        422,
        "".join(lines),
        {"title": "Input validation failed", "invalid_fields": [row.as_json() for row in fields]},
    )


def invalid_version() -> ProblemError:
    """422: no such version, or one that may not be run in this way."""
    return ProblemError(
        422,
        "The specified version does not exist (or perhaps you don't have permission to use it?)",
        {"title": "Invalid version or not permitted"},
    )


def invalid_name(field: str) -> InvalidField:
    """A name that nothing can have."""
    return InvalidField("pattern", field, "Does not match pattern '^[A-Za-z0-9][A-Za-z0-9_.-]*$'")


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether this is a JSON object."""
    return isinstance(value, dict)


def not_found(what: str, suggestion: str = "") -> ProblemError:
    """404, naming what there is none of."""
    return ProblemError(404, f"{what} does not exist{suggestion}")
