"""Interactions without secrets: what is written, and what is compared; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from replicate_typed.requests import parsed_url
from replicate_typed.transports.cassettes.encodings import decoded, is_encoded, with_length, without_encoding
from replicate_typed.transports.cassettes.interactions import Interaction, RecordedRequest, RecordedResponse
from replicate_typed.transports.cassettes.secrets import SHORTEST, redacted

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.interactions import Headers

KEPT = frozenset(
    b"accept accept-encoding accept-language cancel-after connection content-encoding content-length content-type host "
    b"if-modified-since if-none-match last-event-id prefer range transfer-encoding user-agent".split()
)
"""The request headers that are recorded; any other may hold a secret."""
DROPPED = frozenset(
    b"authentication-info authorization cookie proxy-authenticate proxy-authentication-info proxy-authorization "
    b"set-cookie set-cookie2 www-authenticate".split()
)
"""The response headers that are not."""
_CREDENTIALS = frozenset((b"authorization", b"proxy-authorization"))
_COOKIES = frozenset((b"cookie", b"set-cookie", b"set-cookie2"))


def credentials_of(headers: Headers) -> frozenset[bytes]:
    """The secrets that headers give away: tokens and the values of cookies."""
    found: set[bytes] = set()
    for name, value in headers:
        kind = name.lower()
        if kind in _CREDENTIALS:
            found.add(value.strip().rpartition(b" ")[2])
        elif kind in _COOKIES:
            pairs = value.split(b";") if kind == b"cookie" else [value.partition(b";")[0]]
            found.update(pair.partition(b"=")[2].strip() for pair in pairs)
    return frozenset(each for each in found if len(each) >= SHORTEST)


def without_secrets(interaction: Interaction, known: frozenset[bytes]) -> Interaction:
    """The interaction as it may be written: without the known secrets, its own, and what looks like one."""
    request, response = interaction.request, interaction.response
    known = known | credentials_of(request.headers) | credentials_of(response.headers)
    return Interaction(request_without_secrets(request, known), _response(response, known))


def request_without_secrets(request: RecordedRequest, known: frozenset[bytes]) -> RecordedRequest:
    """The request as it may be written, and as it is compared."""
    headers = tuple((name, redacted(value, known)) for name, value in request.headers if name.lower() in KEPT)
    headers, body = _content(headers, request.body, known)
    return RecordedRequest(_text(request.method, known), _address(request.url, known), headers, body)


def _response(response: RecordedResponse, known: frozenset[bytes]) -> RecordedResponse:
    headers = tuple(
        (redacted(name, known), redacted(value, known))
        for name, value in response.headers
        if name.lower() not in DROPPED
    )
    headers, body = _content(headers, response.body, known)
    frames = response.frames if len(body) == len(response.body) else ()
    return evolve(response, reason=_text(response.reason, known), headers=headers, body=body, frames=frames)


def _content(headers: Headers, body: bytes, known: frozenset[bytes]) -> tuple[Headers, bytes]:
    """Headers and body; one that is compressed stays so only if there is no secret in it."""
    if is_encoded(headers) and (content := decoded(headers, body)) is not None:
        clean = redacted(content, known)
        if clean != content:
            return without_encoding(headers, len(clean)), clean
    clean = redacted(body, known)
    return (headers if len(clean) == len(body) else with_length(headers, len(clean))), clean


def _address(url: str, known: frozenset[bytes]) -> str:
    address = parsed_url(url)
    if address.userinfo:
        url = str(address.copy_with(userinfo=b""))
    return _text(url, known)


def _text(text: str, known: frozenset[bytes]) -> str:
    return redacted(text.encode(errors="surrogateescape"), known).decode(errors="surrogateescape")
