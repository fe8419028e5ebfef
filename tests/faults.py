"""What may go wrong with a request, between the service and its client; what says anything echoes the token."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from typing import Any

from faulty_api import TOKEN, Fault, Good
from servers import Behaviour, answer, closes, drips, resets, says, says_and_closes

from replicate_typed.answers import UNKNOWN_RETRY_AFTER

ECHO = f"you sent {TOKEN}"
PROBLEM = {"title": ECHO, "detail": ECHO, "type": ECHO, "instance": ECHO, "invalid_fields": [{"field": ECHO}]}
PAGE = f"<!doctype html><html><title>Error</title><p>{ECHO}</p></html>".encode()
NOTHING: Behaviour = says(b"")


def head(status: int, *lines: str) -> bytes:
    """The beginning of an answer, up to the body."""
    return "\r\n".join([f"HTTP/1.1 {status} Whatever", "Content-Type: application/json", *lines, "", ""]).encode()


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def unnoticed(good: Good) -> Behaviour:
    return NOTHING


CONNECTIONS: dict[str, Fault] = {
    "refused": Fault(unnoticed, "always", stage="connecting"),
    "reset before it was read": Fault(unnoticed, stage="arriving"),
    "reset after it was read": Fault(lambda good: resets, stage="refused"),
    "reset after it was done": Fault(lambda good: resets),
    "closed without an answer": Fault(lambda good: closes),
    "closed in the head": Fault(lambda good: says_and_closes(good.answer()[:20])),
    "closed in the body": Fault(lambda good: says_and_closes(good.answer()[:-5])),
    "closed in a chunk": Fault(
        lambda good: says_and_closes(head(good.status, "Transfer-Encoding: chunked") + b"ff\r\n" + half(good.content))
    ),
    "a chunk of no size": Fault(
        lambda good: says_and_closes(head(good.status, "Transfer-Encoding: chunked") + b"zz\r\n" + good.content)
    ),
    "too long a length, then closed": Fault(
        lambda good: says_and_closes(good.answer(length=len(good.content) + 9)),
    ),
    "two lengths": Fault(lambda good: says_and_closes(good.answer(headers={"Content-Length": "3"}))),
    "a negative length": Fault(lambda good: says_and_closes(good.answer(length=-1))),
    "a length that is no number": Fault(
        lambda good: says_and_closes(head(good.status, "Content-Length: many") + good.content)
    ),
    "not HTTP": Fault(lambda good: says_and_closes(b"220 smtp.example.com ESMTP\r\n")),
    "no status": Fault(lambda good: says_and_closes(b"HTTP/1.1 abc OK\r\n\r\n")),
    "HTTP/2": Fault(lambda good: says_and_closes(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18))),
    "a head without end": Fault(lambda good: says_and_closes(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000)),
}

SLOW: dict[str, Fault] = {
    "silent": Fault(lambda good: NOTHING, is_slow=True),
    "stuck in the head": Fault(lambda good: says(good.answer()[:20]), is_slow=True),
    "stuck in the body": Fault(lambda good: says(good.answer(length=len(good.content) + 9)), is_slow=True),
    "no length, and not closed": Fault(lambda good: says(head(good.status) + good.content), is_slow=True),
    "dripping heads": Fault(lambda good: drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02), is_slow=True),
    "dripping": Fault(
        lambda good: drips(good.answer(length=len(good.content) + 15), every=0.02, drops=15), is_slow=True
    ),
}

WHOLE: dict[str, Fault] = {  # nothing is wrong with these, odd as they are
    "no length, then closed": Fault(lambda good: says_and_closes(head(good.status) + good.content), "never"),
    "the same length twice": Fault(
        lambda good: says(good.answer(headers={"Content-Length": str(len(good.content))})), "never"
    ),
    "another answer behind it": Fault(
        lambda good: says(good.answer() + answer(200, {"type": "user", "username": "mallory"})), "never"
    ),
    "early hints before it": Fault(lambda good: says(b"HTTP/1.1 103 Early Hints\r\n\r\n" + good.answer()), "never"),
}

LIES: dict[str, Fault] = {
    "too short a length": Fault(lambda good: says(good.answer(length=len(good.content) - 3)), "never"),
    "not gzip": Fault(lambda good: says(good.answer(headers={"Content-Encoding": "gzip"})), "never"),
    "half of a gzip": Fault(
        lambda good: says(good.answer(body=half(gzip.compress(good.content)), headers={"Content-Encoding": "gzip"})),
        "never",
    ),
    "an unknown encoding": Fault(
        lambda good: says(good.answer(body=b"\x1b\x00", headers={"Content-Encoding": "br"})), "never"
    ),
    "half of it": Fault(lambda good: says(good.answer(body=half(good.content))), "never"),
    "no body": Fault(lambda good: says(good.answer(body=b"")), "never"),
    "no content": Fault(lambda good: says(b"HTTP/1.1 204 No Content\r\n\r\n"), "never"),
    "no type": Fault(lambda good: says(good.answer(content_type=None)), "never"),
    "HTML": Fault(lambda good: says(good.answer(body=PAGE, content_type="text/html")), "never"),
    "HTML called JSON": Fault(lambda good: says(good.answer(body=PAGE)), "never"),
    "another object": Fault(lambda good: says(good.answer(body={**PROBLEM, "results": ECHO})), "never"),
    "an array": Fault(lambda good: says(good.answer(body=[ECHO])), "never"),
    "null": Fault(lambda good: says(good.answer(body=b"null")), "never"),
    "another protocol": Fault(lambda good: says(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), "never"),
}


def redirect(code: int, address: Callable[[Good], str]) -> Fault:
    """Sends the client away, without having done anything."""
    return Fault(
        lambda good: says(answer(code, PAGE, "text/html", headers={"Location": address(good)})),
        "never",
        stage="refused",
    )


def to_another_host(good: Good) -> str:
    return f"{good.elsewhere}/v1/account"


REDIRECTS: dict[str, Fault] = {
    **{f"{code} to another host": redirect(code, to_another_host) for code in (301, 302, 303, 307, 308)},
    "a redirect to itself": redirect(302, lambda good: "?"),
    "a redirect to nothing": redirect(302, lambda good: ""),
    "a redirect to garbage": redirect(302, lambda good: "http://[::1"),
    "a redirect to no number": redirect(302, lambda good: "http://256.1.1.1/"),
}  # fmt: skip


def status(code: int, body: Any = PROBLEM, *, headers: Mapping[str, str] | None = None) -> Fault:
    """An error of that status: a problem, or a page of something on the way; nothing was done only if it says so."""
    is_page = isinstance(body, bytes)
    is_refusal = code == 429 or (code == 503 and not is_page)
    is_broken = (code >= 500 or code == 408) and not is_refusal
    return Fault(
        lambda good: says(answer(code, body, "text/html" if is_page else "application/problem+json", headers=headers)),
        "always" if is_refusal else "if repeatable" if is_broken else "never",
        stage="done" if is_broken else "refused",
    )


CODES = [
    *(400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 418, 421, 422, 425, 451),
    *(429, 500, 501, 502, 503, 504, 505, 507, 511, *range(520, 528), 530, 999),
]
STATUSES: dict[str, Fault] = {
    **{str(code): status(code) for code in CODES},
    **{f"{code}, a page": status(code, PAGE) for code in (403, 404, 413, 429, 500, 502, 503, 504, 524)},
    **{f"{code}, empty": status(code, b"") for code in (404, 429, 502)},
    "300": status(300),
    "304": Fault(lambda good: says(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "never", "refused"),
}

NOW, SOON = "Mon, 05 Jan 2026 10:00:00 GMT", "Mon, 05 Jan 2026 10:00:20 GMT"
PAUSES: dict[str, tuple[dict[str, str], Any, float | None]] = {  # headers, the body's retry_after, and what they mean
    "seconds": ({"Retry-After": "7"}, None, 7),
    "a fraction": ({"Retry-After": "0.25"}, None, 0.25),
    "0": ({"Retry-After": "0"}, None, 0),
    "a day": ({"Retry-After": "86400"}, None, 86400),
    "negative": ({"Retry-After": "-5"}, None, None),
    "not a number": ({"Retry-After": "nan"}, None, None),
    "infinite": ({"Retry-After": "inf"}, None, None),
    "astronomic": ({"Retry-After": "9" * 400}, None, None),
    "empty": ({"Retry-After": ""}, None, None),
    "garbage": ({"Retry-After": "soon \xff"}, None, None),
    "a date": ({"Retry-After": SOON, "Date": NOW}, None, 20),
    "a past date": ({"Retry-After": NOW, "Date": SOON}, None, 0),
    "a date of old": ({"Retry-After": "Monday, 05-Jan-26 10:00:20 GMT", "Date": NOW}, None, 20),
    "a date, and no other": ({"Retry-After": SOON}, None, UNKNOWN_RETRY_AFTER),
    "a date, and garbage": ({"Retry-After": SOON, "Date": "today"}, None, UNKNOWN_RETRY_AFTER),
    "a date of no zone": ({"Retry-After": "Mon, 05 Jan 2026 10:00:20 -0000", "Date": NOW}, None, 20),
    "no date": ({"Retry-After": "Mon, 99 Jan 2026 10:00:20 GMT", "Date": NOW}, None, None),
    "a date past all years": ({"Retry-After": f"Mon, 05 Jan {'9' * 30} 10:00:20 GMT", "Date": NOW}, None, None),
    "twice": ({"Retry-After": "7", "retry-after": "9"}, None, None),
    "in the body": ({}, 9, 9),
    "in the body as text": ({}, "9", 9),
    "in both": ({"Retry-After": "7"}, 9, 7),
    "garbage, and in the body": ({"Retry-After": "soon"}, 9, 9),
    "garbage in the body": ({}, [9], None),
    "negative in the body": ({}, -9, None),
    "astronomic in the body": ({}, 10**400, None),
    "true in the body": ({}, True, None),
}  # fmt: skip


def throttled(headers: Mapping[str, str], in_body: object) -> Fault:
    """Too many requests: it asks for a pause."""
    return status(429, PROBLEM if in_body is None else {**PROBLEM, "retry_after": in_body}, headers=headers)
