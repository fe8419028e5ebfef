"""The error tree: one class a remedy, drawn from problem+json and from bodies that are not what they claim."""

from __future__ import annotations

import copy
import json
import pickle
import re
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st

import replicate_typed
from replicate_typed import Client, errors
from replicate_typed.answers import error_of, retry_after_of
from replicate_typed.models import Prediction, Training

PROBLEM = "application/problem+json"
INVALID = [
    {"type": "required", "field": "input", "description": "prompt is required"},
    {"type": "number_lte", "field": "input.num_inference_steps", "description": "Must be less than or equal to 4"},
]
THROTTLED = "Request was throttled. Your rate limit resets in ~30s."
NOT_PERMITTED = "The specified version does not exist (or perhaps you don't have permission to use it?)"
NO_TOKEN = "You did not pass a valid authentication token"

# status, media type, body: class, title, detail, and what the message holds
ROWS: list[tuple[int, str, object, type[errors.APIStatusError], str | None, str | None, str]] = [
    (400, "application/json", {"detail": "bad"}, errors.BadRequestError, None, "bad", "400 Bad Request: bad"),
    (401, PROBLEM, {"title": "Unauthenticated", "detail": NO_TOKEN, "status": 401}, errors.AuthenticationError,
     "Unauthenticated", NO_TOKEN, "401 Unauthenticated: You did .*: check the API token .*REPLICATE_API_TOKEN"),
    (402, PROBLEM, {"title": "Insufficient credit", "detail": "purchase credit", "status": 402},
     errors.PaymentRequiredError, "Insufficient credit", "purchase credit", "402 Insufficient credit.*add credit at"),
    (403, PROBLEM, {"detail": "no"}, errors.PermissionDeniedError, None, "no", "403 Forbidden: no"),
    (404, PROBLEM, {"detail": "The specified training destination does not exist", "status": 404}, errors.NotFoundError,
     None, "The specified training destination does not exist", "404 Not Found: The specified training"),
    (404, "application/json", {"detail": "File not found"}, errors.NotFoundError, None, "File not found", "File not"),
    (404, "", b"", errors.NotFoundError, None, None, "404 Not Found$"),
    (409, PROBLEM, {"detail": "clash"}, errors.ConflictError, None, "clash", "409 Conflict: clash"),
    (413, PROBLEM, {"detail": "Files must be less than 100MB in size"}, errors.APIStatusError, None,
     "Files must be less than 100MB in size", "413 .*: Files must be less"),
    (422, PROBLEM, {"title": "Invalid version or not permitted", "detail": NOT_PERMITTED, "status": 422},
     errors.UnprocessableEntityError, "Invalid version or not permitted", NOT_PERMITTED, "422 Invalid version"),
    (422, PROBLEM, {"title": "Input validation failed", "detail": "- input: prompt is required\n",
     "invalid_fields": INVALID, "status": 422}, errors.UnprocessableEntityError, "Input validation failed",
     "- input: prompt is required\n", "422 Input validation failed: - input: prompt is required$"),
    (429, PROBLEM, {"detail": THROTTLED, "status": 429, "retry_after": 9}, errors.RateLimitError, None, THROTTLED,
     "429 Too Many Requests: Request was throttled"),
    (429, PROBLEM, {"detail": "Expected available in 1 second."}, errors.RateLimitError, None,
     "Expected available in 1 second.", "Expected available"),
    (500, "application/json", {"detail": "oops"}, errors.InternalServerError, None, "oops", "500 Internal.*: oops"),
    (502, "text/html", b"<html>\n<h1>502</h1>\n</html>", errors.InternalServerError, None, None, "<html> <h1>502</h1>"),
    (503, "text/html; charset=hex", b"\xff", errors.InternalServerError, None, None, "503 Service Unavailable: \ufffd"),
    (504, "", b"", errors.InternalServerError, None, None, "504 Gateway Timeout$"),
    (520, "text/plain", b"error code: 520", errors.InternalServerError, None, None, "520 : error code: 520|520: error"),
    (418, PROBLEM, {"title": "Teapot"}, errors.APIStatusError, "Teapot", None, "418 Teapot$"),
    # bodies that are not what they claim
    (404, PROBLEM, b"<html>", errors.NotFoundError, None, None, "404 Not Found: <html>"),
    (404, PROBLEM, b"", errors.NotFoundError, None, None, "404 Not Found$"),
    (404, PROBLEM, b'{"detail": ', errors.NotFoundError, None, None, "404 Not Found: "),
    (404, PROBLEM, b"[" * 100_000, errors.NotFoundError, None, None, r"404 Not Found: \[+…"),
    (404, PROBLEM, ["detail"], errors.NotFoundError, None, None, "404 Not Found"),
    (404, PROBLEM, "detail", errors.NotFoundError, None, None, "404 Not Found"),
    (404, PROBLEM, None, errors.NotFoundError, None, None, "404 Not Found"),
    (404, PROBLEM, {"detail": ["a"], "title": 5, "status": 200, "type": None, "invalid_fields": "x", "retry_after": {}},
     errors.NotFoundError, None, None, "404 Not Found"),
    (422, PROBLEM, {"invalid_fields": [1, None, {"field": "x"}]}, errors.UnprocessableEntityError, None, None, "422"),
    (404, "text/html", {"detail": "x"}, errors.NotFoundError, None, None, '{"detail": ?"x"}'),
    (404, "text/plain; charset=nonsense", b"\xff\xfe", errors.NotFoundError, None, None, "404 Not Found"),
]  # fmt: skip


def response(status: int, media: str, body: object, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, content=content, headers={**({"content-type": media} if media else {}), **headers})


@pytest.mark.parametrize(("status", "media", "body", "kind", "title", "detail", "message"), ROWS)
def test_an_error_status_is_the_error_of_that_status(
    status: int,
    media: str,
    body: object,
    kind: type[errors.APIStatusError],
    title: str | None,
    detail: str | None,
    message: str,
) -> None:
    """Whatever the body says, or fails to say; its status counts for nothing."""
    transport = httpx.MockTransport(lambda request: response(status, media, body))
    with Client(transport=transport, retries=0) as client, pytest.raises(errors.APIStatusError) as caught:
        client.account.get()
    error = caught.value
    assert type(error) is kind
    assert (error.status_code, error.title, error.detail) == (status, title, detail)
    assert re.search(message, str(error))
    assert str(error).startswith(f"GET /account: {status}")
    assert len(str(error)) < 900
    assert "\n" not in str(error)
    assert isinstance(error.body, str)


def test_the_wrong_fields_are_listed() -> None:
    """As the service lists them; what is no such list is left out."""
    error = error_of("POST /x", response(422, PROBLEM, {"invalid_fields": INVALID}), None)
    assert error.invalid_fields == INVALID
    others: list[Any] = [None, "x", {}, [1, None, "x"]]
    for other in others:
        assert error_of("POST /x", response(422, PROBLEM, {"invalid_fields": other}), None).invalid_fields == []


def test_an_error_keeps_all_that_came() -> None:
    """Headers, names in lower case, and the body as text."""
    body = {"detail": "no", "type": "https://x/y", "instance": "/z", "more": 1}
    error = error_of("GET /x", response(400, PROBLEM, body, CF_Ray="abc"), None)
    assert (error.type, error.instance) == ("https://x/y", "/z")
    assert error.headers["cf-ray"] == "abc"
    assert json.loads(error.body) == body


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({}, {"retry_after": 9}, 9),
        ({}, {"retry_after": "9"}, 9),
        ({}, {"retry_after": 1.5}, 1.5),
        ({"Retry_After": "7"}, {"retry_after": 9}, 7),
        ({"Retry_After": " 0 "}, {}, 0),
        ({"Retry_After": "soon"}, {"retry_after": 9}, 9),
        ({"Retry_After": "-1"}, {}, None),
        ({"Retry_After": "nan"}, {}, None),
        ({"Retry_After": "inf"}, {}, None),
        ({}, {"retry_after": True}, None),
        ({}, {"retry_after": None}, None),
        ({}, {"retry_after": 10**400}, None),
        ({"Retry_After": "Mon, 05 Jan 2026 10:00:30 GMT", "Date": "Mon, 05 Jan 2026 10:00:00 GMT"}, {}, 30),
        ({"Retry_After": "Mon, 05 Jan 2026 10:00:30 GMT"}, {}, 10),
        ({"Retry_After": "Mon, 05 Jan 2026 10:00:30 -0000", "Date": "Mon, 05 Jan 2026 10:00:00 GMT"}, {}, 30),
        ({"Retry_After": "Mon, 99 Jan 2026 10:00:30 GMT", "Date": "x"}, {}, None),
        ({}, {}, None),
    ],
)
def test_the_pause_asked_for_is_in_the_header_or_in_the_body(
    headers: dict[str, str], body: dict[str, Any], seconds: float | None
) -> None:
    """In seconds, or as a date; nonsense is no pause."""
    assert error_of("GET /x", response(429, PROBLEM, body, **headers), None).retry_after == seconds


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)), st.text(max_size=20), st.binary(max_size=40))
def test_no_answer_breaks_the_reading_of_it(header: str, date: str, body: bytes) -> None:
    """Whatever stands in its headers and its body."""
    given = httpx.Response(429, content=body, headers={"retry-after": header, "content-type": PROBLEM})
    given.headers["date"] = date.encode("ascii", "ignore").decode().replace("\n", "").replace("\r", "")
    pause = retry_after_of(given)
    assert pause is None or pause >= 0
    assert isinstance(error_of("GET /x", given, "r8_token"), errors.RateLimitError)


def a_prediction() -> Prediction:
    urls = {"get": "https://x/get", "cancel": "https://x/cancel"}
    given = {"id": "abc", "version": "v", "input": {"a": 1}, "status": "failed", "created_at": "2026-01-01T00:00:00Z"}
    return Prediction.from_dict({**given, "urls": urls, "error": "out of memory"})


def every_error() -> list[errors.ReplicateError]:
    """One of each class."""
    made: list[errors.ReplicateError] = []
    for name in (name for name in dir(errors) if name.endswith("Error")):
        kind: Any = getattr(errors, name)
        if issubclass(kind, errors.APIStatusError):
            problem = {"title": "t", "detail": "d", "type": "y", "instance": "i"}
            fields: Any = {"invalid_fields": INVALID, "retry_after": 1.5, "headers": {"a": "b"}, "body": "text"}
            made.append(kind(f"{name}: no", status_code=400, **problem, **fields))
        elif issubclass(kind, errors.UndecodableResponseError):
            made.append(kind("odd", status_code=200, headers={"a": "b"}, body=b"\xff"))
        elif issubclass(kind, errors.AmbiguousCreateError):
            made.append(kind("odd", candidates=[a_prediction()]))
        elif issubclass(kind, errors.ModelError | errors.RunTimeoutError | errors.UndecodableOutputError):
            made.append(kind("no output", a_prediction()))
        elif issubclass(kind, errors.InvalidInputError):
            made.append(kind("odd", [errors.InputProblem("steps", "expected a whole number")]))
        else:
            made.append(kind("odd"))
    training = Training.from_dict({**a_prediction().to_dict(), "output": None})
    return [*made, errors.RunTimeoutError("no id"), errors.RunTimeoutError("late", training=training)]


@pytest.mark.parametrize("error", every_error(), ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_error_pickles(error: errors.ReplicateError, protocol: int) -> None:
    """Message, attributes and notes; so it comes back from other processes as it was raised."""
    error.add_note("while testing")
    for twin in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert (str(twin), repr(twin), twin.args) == (str(error), repr(error), error.args)
        assert vars(twin) == vars(error)
        assert "while testing" in twin.__notes__
    assert str(error) == error.args[0]


def test_the_tree_is_the_one_that_is_drawn() -> None:
    """At the top of the module, each class below its base, with its status; and each is public."""
    assert errors.__doc__ is not None
    drawn: dict[str, str] = {}
    path: list[str] = []
    for line in errors.__doc__.splitlines():
        if found := re.match(r"([│├└─ ]*)(\w+Error)\b(.*)", line):
            depth = len(found[1]) // 4
            path[depth:] = [found[2]]
            drawn[found[2]] = path[depth - 1] if depth else "Exception"
            status = re.match(r" +(\d{3})\b", found[3])
            if status:
                made = error_of("GET /x", response(int(status[1]), PROBLEM, {}), None)
                assert type(made).__name__ == found[2]
    tree = {name: getattr(errors, name) for name in dir(errors) if name.endswith("Error")}
    assert drawn == {name: kind.__bases__[0].__name__ for name, kind in tree.items()}
    assert {name for name in replicate_typed.__all__ if name.endswith("Error")} == {*tree, "UndecodableError"}


def test_errors_in_time_are_timeouts_to_python_too() -> None:
    """`except TimeoutError` catches them."""
    assert issubclass(errors.APITimeoutError, TimeoutError)
    assert issubclass(errors.RunTimeoutError, TimeoutError)
