"""An answer with everything that came with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from replicate_typed.answers import clean_headers, value_of
from replicate_typed.response_headers import RateLimit, rate_limit_of, request_id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from httpx import Response

    from replicate_api.types import Operation

T = TypeVar("T")


class RawResponse(Generic[T]):
    """A successful answer: its status, headers and body, and `parse()` for what it says."""

    def __init__(self, operation: Operation[T], response: Response, token: str | None) -> None:
        self._operation = operation
        self._response = response
        self._response.request = type(response.request)(operation.method, response.request.url)  # without the token
        self._token = token
        self.status_code: int = response.status_code
        self.headers: Mapping[str, str] = clean_headers(response, token)
        """Names in lower case."""

    @property
    def request_id(self) -> str | None:
        """What to name to the service when asking about the request."""
        return request_id_of(self.headers)

    @property
    def rate_limit(self) -> RateLimit | None:
        """How much may still be asked for, if the service said so."""
        return rate_limit_of(self.headers)

    @property
    def content(self) -> bytes:
        """The body, decompressed."""
        return self._response.content

    @property
    def text(self) -> str:
        """The body as text."""
        return self._response.text

    def parse(self) -> T:
        """What `send` would have given; raises `UndecodableResponseError`."""
        return value_of(self._operation, self._response, self._token)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_token": None}

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code} of {self._operation.method} {self._operation.path}>"
