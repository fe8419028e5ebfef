"""What a client is set up with: each setting is an argument, else a variable of the environment, else a default."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self, TypeAlias, TypeVar
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from httpx import Request, Response

RequestHooks: TypeAlias = "Callable[[Request], object] | Sequence[Callable[[Request], object]]"
ResponseHooks: TypeAlias = "Callable[[Response], object] | Sequence[Callable[[Response], object]]"

T = TypeVar("T")
API_URL = "https://api.replicate.com/v1"
TIMEOUT = 60.0
RETRIES = 2

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\t -~]*")


class Settings(NamedTuple):  # a dataclass takes ten times as long to make, at every import
    """The settings of one client; the token is read when it is first needed, so that it may come late."""

    base_url: str = API_URL
    timeout: float = TIMEOUT
    retries: int = RETRIES
    poll_interval: float | None = None
    headers: Mapping[str, str] = MappingProxyType({})
    given_token: str | None = None
    on_request: Sequence[Callable[[Request], object]] = ()
    on_response: Sequence[Callable[[Response], object]] = ()

    @property
    def token(self) -> str | None:
        """The API token, or None when there is none; raises ValueError when it cannot be one."""
        token = self.given_token if self.given_token is not None else os.environ.get("REPLICATE_API_TOKEN", "")
        token = token.strip()
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError("the API token has characters that no token has; check REPLICATE_API_TOKEN or token=")
        return token or None

    def __repr__(self) -> str:
        return f"<Settings for {self.base_url}>"  # the token is not for logs

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled without the token: whoever uses them elsewhere has one in the environment."""
        return Settings, tuple(self._replace(given_token=None))

    def __deepcopy__(self, memo: object) -> Self:
        return self


def read_settings(
    *,
    token: str | None = None,
    base_url: str | None = None,
    timeout: float | None = None,
    retries: int | None = None,
    polling: float | None = None,
    headers: Mapping[str, str] | None = None,
    on_request: RequestHooks | None = None,
    on_response: ResponseHooks | None = None,
) -> Settings:
    """Settings from arguments, and from the environment where an argument is None."""
    if token is not None and not isinstance(token, str):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"token must be a string, got {type(token).__name__}")
    return Settings(
        base_url=normal_base_url(base_url or os.environ.get("REPLICATE_BASE_URL") or API_URL),
        timeout=_seconds("timeout", timeout, "REPLICATE_TIMEOUT") or TIMEOUT,
        retries=RETRIES if retries is None else _count("retries", retries),
        poll_interval=_seconds("polling", polling, "REPLICATE_POLL_INTERVAL"),
        headers={} if headers is None else checked_headers(headers),
        given_token=token,
        on_request=_functions("on_request", on_request),
        on_response=_functions("on_response", on_response),
    )


class TransportName(NamedTuple):
    """What carries requests in place of the network."""

    kind: Literal["mock", "recorded", "cog"]
    place: str
    """The file of Python that defines the service in memory, the cassette, or the address of the Cog server."""


def transport_name() -> TransportName | None:
    """What REPLICATE_TRANSPORT names; None for the network."""
    text = os.environ.get("REPLICATE_TRANSPORT", "").strip()
    match text.split(":", 1):
        case ["" | "http"]:
            return None
        case ["mock" | "recorded" as kind, place] if place:
            return TransportName(kind, place)
        case ["cog", url] if url:
            return TransportName("cog", checked_address("the address of the Cog server in REPLICATE_TRANSPORT", url))
        case _:
            raise ValueError(
                "REPLICATE_TRANSPORT must be http, the default, or mock:FILE with a file of Python that defines "
                "`mock = MockTransport()`, or recorded:FILE with a cassette, or cog:URL with a Cog server, "
                f"got {text!r}"
            )


def normal_base_url(url: str) -> str:
    """The address with `/v1` at its end, whether it was given with it or without it."""
    if not isinstance(url, str):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"base_url must be a string, got {type(url).__name__}")
    address = checked_address("the base URL", url)
    return address if urlsplit(address).path.endswith("/v1") else f"{address}/v1"


def checked_address(what: str, url: str) -> str:
    """The address of a service, without a slash at its end; raises ValueError that calls it `what` if it is none."""
    try:
        parts = urlsplit(url.strip())
        has_port = parts.port != 0
    except ValueError as error:
        raise ValueError(f"{what} is not an address: {error}") from None
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"{what} must have no query, fragment or user in it")
    if parts.scheme not in {"http", "https"} or not has_port or not is_host(parts.hostname or ""):
        raise ValueError(f"{what} must start with https:// or http:// and name a host, got {url!r}")
    if not parts.path.isascii() or not parts.path.isprintable() or " " in parts.path:
        raise ValueError(f"the path of {what} has characters that must be escaped, got {url!r}")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def is_host(host: str) -> bool:
    """Whether each part of a host's name has a length that names may have."""
    return all(0 < len(label) < 64 and label.isprintable() and " " not in label for label in host.split("."))


def positive_seconds(name: str, value: float) -> float:
    """The value, if it is a number of seconds above zero."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{name} must be a number of seconds, got {value!r}")
    if not 0 < value <= sys.float_info.max:  # false for NaN and infinity too
        raise ValueError(f"{name} must be a number of seconds above 0, got {value!r}")
    return float(value)


def _seconds(name: str, value: float | None, variable: str) -> float | None:
    if value is not None:
        return positive_seconds(name, value)
    text = os.environ.get(variable)
    if not text:
        return None
    try:
        return positive_seconds(variable, float(text))
    except ValueError:
        raise ValueError(f"{variable} must be a number of seconds above 0, got {text!r}") from None


def _count(name: str, value: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    if value < 0:
        raise ValueError(f"{name} must be 0 or more, got {value!r}")
    return value


def _functions(
    name: str, given: Callable[[T], object] | Sequence[Callable[[T], object]] | None
) -> tuple[Callable[[T], object], ...]:
    """One function, or several, as several; raises TypeError for what is none."""
    if given is None:
        return ()
    functions = (given,) if callable(given) else given
    if not isinstance(functions, Sequence) or not all(map(callable, functions)):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{name} must be a function, or a list of functions, got {given!r}")
    return tuple(functions)


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers, names in lower case, if they can be sent; the token is not among them: it goes to the API alone."""
    if not isinstance(headers, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"headers must be a mapping of names to values, got {type(headers).__name__}")
    for name, value in headers.items():
        if not (isinstance(name, str) and isinstance(value, str)):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
            raise TypeError(f"headers must map strings to strings, got {name!r}: {type(value).__name__}")
        if name.lower() == "authorization":
            raise ValueError("headers must not hold the authorization; give the token as token=")
        if not _HEADER_NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be the name of a header")
        if not _HEADER_VALUE.fullmatch(value):
            raise ValueError(f"the value of header {name!r} must be ASCII text on one line")
    return {name.lower(): value.strip() for name, value in headers.items()}
