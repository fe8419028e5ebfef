# Made by scripts/regenerate from openapi.yaml; do not edit.
"""What every generated module shares: operations, answers of bytes, open enums, and what arguments may be."""

from __future__ import annotations

import copy
import enum
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterator,
    Mapping,
    Sequence,
)
from typing import IO, TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from types import TracebackType

    from httpx import Response

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

QueryValue: TypeAlias = str | int | float | bool
Query: TypeAlias = Mapping[str, QueryValue | Sequence[QueryValue]]
"""What stands behind the question mark; a list gives its name once for each item."""


class Part:
    """One part of a multipart body."""

    __slots__ = ("content", "content_type", "filename", "name")

    def __init__(
        self,
        name: str,
        content: bytes | str | IO[bytes],
        *,
        filename: str | None = None,
        content_type: str | None = None,
    ) -> None:
        self.name: str = name
        self.content: bytes | str | IO[bytes] = content
        self.filename: str | None = filename
        self.content_type: str | None = content_type


Body: TypeAlias = Mapping[str, Any] | bytes | Sequence[Part]
"""What a request carries: a JSON object, bytes as they are, or the parts of a multipart body."""


class Operation(Generic[T]):
    """One call of the API as a plain value: what to send, and how to read what comes back."""

    __slots__ = (
        "body",
        "headers",
        "id",
        "is_page",
        "is_repeatable",
        "is_streamed",
        "method",
        "needs_token",
        "parse",
        "path",
        "query",
    )

    def __init__(
        self,
        id: str,
        method: str,
        path: str,
        parse: Callable[[Response], T],
        *,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        body: Body | None = None,
        needs_token: bool = True,
        is_repeatable: bool = False,
        is_streamed: bool = False,
        is_page: bool = False,
    ) -> None:
        self.id: str = id
        """The dotted operation id: `models.versions.get`."""
        self.method: str = method
        self.path: str = path
        """Escaped, below the base URL: `/models/acme/echo`."""
        self.parse: Callable[[Response], T] = parse
        """Reads a successful answer."""
        self.query: Query | None = query
        self.headers: Mapping[str, str] | None = headers
        self.body: Body | None = body
        self.needs_token: bool = needs_token
        self.is_repeatable: bool = is_repeatable
        """Sending it twice does what sending it once does."""
        self.is_streamed: bool = is_streamed
        """The answer is handed over before its body is read."""
        self.is_page: bool = is_page
        """The answer is a page, which remembers this operation so that the next one can be asked for."""

    def with_query(self, query: Query) -> Operation[T]:
        """The same operation with another query: the next page of a list."""
        other = copy.copy(self)
        other.query = query
        return other

    def __repr__(self) -> str:
        return f"<Operation {self.id}: {self.method} {self.path}>"


class Sender(Protocol):
    """What a resource needs of its client."""

    def send(self, operation: Operation[T], /) -> T: ...


class AsyncSender(Protocol):
    """What a resource needs of its client."""

    def send(self, operation: Operation[T], /) -> Awaitable[T]: ...


class Page(Protocol[T_co]):
    """One page of a list: its items, and where the pages beside it are."""

    @property
    def results(self) -> Sequence[T_co]: ...
    @property
    def next(self) -> str | None: ...
    @property
    def previous(self) -> str | None: ...


class Owned(Protocol):
    """A model or a deployment: something called `owner/name`."""

    @property
    def owner(self) -> str: ...
    @property
    def name(self) -> str: ...


class HasId(Protocol):
    @property
    def id(self) -> str: ...


class HasSlug(Protocol):
    @property
    def slug(self) -> str: ...


class BinaryResponse:
    """An answer of bytes that is still arriving; read it once, and close it (or use it in a `with` block)."""

    __slots__ = ("_response",)

    def __init__(self, response: Response) -> None:
        self._response = response

    @property
    def headers(self) -> Mapping[str, str]:
        return self._response.headers

    def _unread(self) -> Response:
        if self._response.is_stream_consumed or self._response.is_closed:
            raise RuntimeError("this answer was read or closed before; ask for it again")
        return self._response

    def read(self) -> bytes:
        """All of it, in memory; raises RuntimeError when it was read or closed before."""
        try:
            return b"".join(self._unread().iter_raw())
        finally:
            self.close()

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Its bytes, in chunks of `chunk_size`, or as they arrive."""
        return self._unread().iter_raw(chunk_size)

    def close(self) -> None:
        self._response.close()

    def __enter__(self) -> BinaryResponse:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    async def aread(self) -> bytes:
        """All of it, in memory."""
        try:
            return b"".join([chunk async for chunk in self._unread().aiter_raw()])
        finally:
            await self.aclose()

    def aiter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Its bytes, in chunks of `chunk_size`, or as they arrive."""
        return self._unread().aiter_raw(chunk_size)

    async def aclose(self) -> None:
        await self._response.aclose()

    async def __aenter__(self) -> BinaryResponse:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


class OpenStrEnum(enum.StrEnum):
    """An enum of the service, which may gain values: one that is not known here is a member all the same."""

    @classmethod
    def _missing_(cls, value: object) -> OpenStrEnum | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        """Pickled by value: Python before 3.11.4 would go by name, which only known values have."""
        return type(self), (self._value_,)

    @property
    def is_known(self) -> bool:
        """Whether the API described this value when this code was generated."""
        return self._value_ in type(self)._value2member_map_

    def __repr__(self) -> str:
        if self.is_known:
            return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"
        return f"<{type(self).__name__}: {self._value_!r}, a value not known here>"
