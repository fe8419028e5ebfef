"""What an answer says when it is an error, in the words of the error tree; pure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar, cast

from replicate_api.reading import UndecodableError, is_json, media_type
from replicate_typed import errors
from replicate_typed.response_headers import request_id_of

if TYPE_CHECKING:
    from httpx import Response

    from replicate_api.types import Operation

T = TypeVar("T")

KINDS: dict[int, type[errors.APIStatusError]] = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    402: errors.PaymentRequiredError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
}
REMEDIES = {
    401: "check the API token (REPLICATE_API_TOKEN, or token=)",
    402: "add credit at https://replicate.com/account/billing, then wait a few minutes",
}
DETAIL_LENGTH = 500
UNKNOWN_RETRY_AFTER = 10.0  # seconds; for a date that comes without the date of the answer


def value_of(operation: Operation[T], response: Response, token: str | None) -> T:
    """What a successful answer says; raises `UndecodableResponseError` when it is not what the API describes."""
    try:
        value = operation.parse(response)
    except UndecodableError as error:
        message = str(error)
    else:
        if operation.is_page:
            cast("Any", value).operation = operation
        return value
    # Not where it is caught: the body, as the context of our error, would come with the token if that was echoed.
    raise undecodable(f"{operation.method} {operation.path}: {message}", response, token)


def mend_charset(response: Response) -> None:
    """Let the body be read as UTF-8 if it names a character set that cannot be read, such as `hex`."""
    content_type = response.headers.get("content-type", "").lower()
    if "charset" in content_type and not content_type.endswith("utf-8"):  # nearly always it does
        try:
            response.text  # noqa: B018 -- httpx keeps it
        except Exception:  # codecs have many ways to refuse
            response.encoding = "utf-8"


def undecodable(message: str, response: Response, token: str | None) -> errors.UndecodableResponseError:
    """The error for an answer, which may be one whose body was not read."""
    body = response.content if response.is_stream_consumed else b""
    return errors.UndecodableResponseError(
        redacted(message, token),
        status_code=response.status_code,
        headers=clean_headers(response, token),
        body=body.replace(token.encode(), b"[token]") if token else body,
    )


def error_of(what: str, response: Response, token: str | None) -> errors.APIStatusError:
    """The error that an answer, read in full, stands for; `what` is the request, as `GET /account`."""
    status = response.status_code
    problem = problem_of(response, token)
    detail, title = _text(problem, "detail"), _text(problem, "title")
    kind = KINDS.get(status, errors.InternalServerError if status >= 500 else errors.APIStatusError)
    more = detail if title or detail else _excerpt(response)
    id = request_id_of(response.headers) if status >= 500 else None  # what the service can look into
    parts = [f"{what}: {status} {title or _phrase(status)}", more, REMEDIES.get(status) or (id and f"request id {id}")]
    if 300 <= status < 400:
        parts[1] = "redirects are not followed; check the base URL"
    return kind(
        redacted(": ".join(part.strip() for part in parts if part), token),
        status_code=status,
        title=title,
        detail=detail,
        type=_text(problem, "type"),
        instance=_text(problem, "instance"),
        invalid_fields=_rows(problem.get("invalid_fields")),
        retry_after=retry_after_of(response),
        headers=clean_headers(response, token),
        body=redacted(response.text, token),
    )


def is_problem(response: Response) -> bool:
    """Whether the API itself wrote the error, and not something on the way to it."""
    return media_type(response) == "application/problem+json"


def problem_of(response: Response, token: str | None = None) -> dict[str, Any]:
    """The problem that an error's body describes; empty when it is something else, whatever it claims."""
    if not is_json(media_type(response)):
        return {}
    content = response.content
    try:
        body = json.loads(content.replace(token.encode(), b"[token]") if token else content)
    except (ValueError, RecursionError):
        return {}
    return _object(body)


def retry_after_of(response: Response) -> float | None:
    """Seconds until the service wants to be asked again: its header, in seconds or as a date, else its body.

    A date is meant by the service's own clock, as in `Date`; this machine's may be wrong.
    """
    header = response.headers.get("retry-after", "").strip()
    for candidate in (header, problem_of(response).get("retry_after")):
        seconds = _number(candidate)
        if seconds is not None:
            return seconds
    until, now = _date(header), _date(response.headers.get("date", ""))
    if until is None:
        return None
    return UNKNOWN_RETRY_AFTER if now is None else max(0.0, (until - now).total_seconds())


def clean_headers(response: Response, token: str | None) -> dict[str, str]:
    return {name.lower(): redacted(value, token) for name, value in response.headers.items()}


def redacted(text: str, token: str | None) -> str:
    """The text without the token, should the service have echoed it."""
    return text.replace(token, "[token]") if token else text


def _date(header: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):  # the last one for a year past all years
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _rows(value: object) -> list[dict[str, Any]]:
    rows: list[object] = cast("Any", value) if isinstance(value, list) else []
    return [fields for row in rows if (fields := _object(row))]


def _text(problem: Mapping[str, Any], name: str) -> str | None:
    value = problem.get(name)
    return value if isinstance(value, str) and value else None


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""


def _excerpt(response: Response) -> str:
    """The beginning of a body that is no problem: a page of the network's edge, for example."""
    text = " ".join(response.text.split())
    return text if len(text) <= DETAIL_LENGTH else f"{text[:DETAIL_LENGTH]}…"
