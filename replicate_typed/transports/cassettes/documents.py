"""Cassettes as vcrpy has them: what it reads and writes as YAML or JSON, from and to interactions; pure.

An interaction is `{request: {body, headers, method, uri}, response: {body, headers, status}}`, with the response's body
as `{string}` and its status as `{code, message}`.
Versions of vcrpy before 6 wrote httpx's answers as `{content, headers, http_version, status_code}`, with the content
decoded, but the headers of the encoded one. We add `frames` and `ending` to a response, which vcrpy keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args

from replicate_typed.requests import parsed_url
from replicate_typed.transports.cassettes.encodings import without_encoding
from replicate_typed.transports.cassettes.interactions import (
    Ending,
    Frame,
    Interaction,
    RecordedRequest,
    RecordedResponse,
)

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.interactions import Headers
    from replicate_typed.transports.cassettes.places import Place

VERSION = 1


def document_of(interaction: Interaction) -> dict[str, Any]:
    """The interaction as vcrpy has it; bytes stay where it is no text."""
    request, response = interaction.request, interaction.response
    answer: dict[str, Any] = {
        "body": {"string": _text(response.body)},
        "headers": _grouped(response.headers),
        "status": {"code": response.status, "message": response.reason},
    }
    if response.frames:
        answer["frames"] = [[frame.pause, frame.length] for frame in response.frames]
    if response.ending != "whole":
        answer["ending"] = response.ending
    asked = {
        "body": _text(request.body),
        "headers": _grouped(request.headers),
        "method": request.method,
        "uri": request.url,
    }
    return {"request": asked, "response": answer}


def interactions_of(cassette: Place) -> list[Interaction]:
    """Everything in a cassette, in order; `CassetteError` if it is none."""
    if isinstance(cassette.value, list):
        raise cassette.error("is a list: vcrpy wrote it before version 1, whose `python -m vcr.migration` converts it")
    try:
        return [_interaction(each) for each in cassette["interactions"].items]
    except UnicodeEncodeError as error:
        raise cassette.error(f"has half a character in it, {error.object[error.start]!a}") from None


def _interaction(place: Place) -> Interaction:
    request, response = place["request"], place["response"]
    return Interaction(_request(request), _old(response) if response.get("status_code") else _response(response))


def _request(place: Place) -> RecordedRequest:
    uri = place["uri"]
    try:
        parsed_url(uri.text)
    except ValueError as error:
        raise uri.error(f"is wrong: {error}") from None
    body = place.get("body")
    return RecordedRequest(place["method"].text, uri.text, _headers(place), body.content if body else b"")


def _response(place: Place) -> RecordedResponse:
    status, holder = place["status"], place.get("body")
    message = status.get("message")
    body = b""
    if holder and holder.value is not None:
        body = (holder if holder.get("base64_string") else holder["string"]).content
    return RecordedResponse(
        _status(status["code"]),
        message.text if message else "",
        _headers(place),
        body,
        frames=_frames(place, len(body)),
        ending=_ending(place),
    )


def _old(place: Place) -> RecordedResponse:
    """An answer of a version of vcrpy before 6."""
    content = place["content"].content
    return RecordedResponse(_status(place["status_code"]), "", without_encoding(_headers(place), len(content)), content)


def _headers(place: Place) -> Headers:
    headers = place.get("headers")
    if headers is None or headers.value is None:
        return ()
    found: list[tuple[bytes, bytes]] = []
    for name, value in headers.members.items():
        values = cast("Any", value) if isinstance(value, list) else [value]
        try:
            contents = [each.encode() for each in values]  # nearly always they are text
        except AttributeError:
            at = headers[name]
            contents = [each.content for each in (at.items if isinstance(value, list) else [at])]
        encoded = name.encode()
        for content in contents:
            found.append((encoded, content))
    return tuple(found)


def _status(place: Place) -> int:
    status = place.number
    if status not in range(100, 600):
        raise place.error(f"is {status}, not the status of an answer")
    return int(status)


def _frames(place: Place, length: int) -> tuple[Frame, ...]:
    """How the body arrived; as one piece if it was edited since."""
    frames = place.get("frames")
    if frames is None:
        return ()
    found: list[Frame] = []
    for each in frames.items:
        numbers = [item.number for item in each.items]
        if len(numbers) != 2:
            raise each.error("is not a pause and a length")
        found.append(Frame(float(numbers[0]), int(numbers[1])))
    return tuple(found) if sum(frame.length for frame in found) == length else ()


def _ending(place: Place) -> Ending:
    ending = place.get("ending")
    if ending is None:
        return "whole"
    if ending.value not in get_args(Ending):
        raise ending.error(f"is none of {', '.join(get_args(Ending))}")
    return cast("Ending", ending.value)


def _grouped(headers: Headers) -> dict[str, list[str | bytes]]:
    grouped: dict[str, list[str | bytes]] = {}
    for name, value in headers:
        grouped.setdefault(name.decode("latin-1"), []).append(_text(value))
    return grouped


def _text(content: bytes) -> str | bytes:
    """UTF-8 as text, so that people can read it."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content
