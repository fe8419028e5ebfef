"""Secrets never reach the file, wherever they stand and however they are spelled."""

from __future__ import annotations

import base64
import gzip
import json
import re
import zlib
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import httpx
import pytest
import yaml
from bodies import PREDICTION
from cassettes import Loader
from hypothesis import given, strategies as st
from tapes import API, Pieces, Service, exchange, raw

from replicate_typed import Client, RecordedTransport, webhooks
from replicate_typed.transports.cassettes.redaction import KEPT
from replicate_typed.transports.cassettes.secrets import redacted

WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
TOKENS = st.text(WORD, min_size=20, max_size=40).map(lambda text: f"r8_{text}")
OTHER_TOKENS = st.text("".join(map(chr, range(0x21, 0x7F))), min_size=8, max_size=40).filter(
    lambda text: not set(text) <= set("REDACT-")
)
SECRETS = st.binary(min_size=12, max_size=48).map(lambda key: f"whsec_{base64.b64encode(key).decode()}")
VALUES = st.binary(min_size=9, max_size=40).map(lambda value: quote(base64.b64encode(value).decode(), safe=""))
NAMES = st.sampled_from(
    ["signature", "X-Amz-Signature", "sig", "token", "X-Amz-Security-Token", "access_token", "api_key"]
)
AROUND = st.text(max_size=30).map(str.encode) | st.binary(max_size=30)


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(each):04x}" for each in text)


SPELLINGS = st.sampled_from(
    [
        str,
        percent,
        quote,
        escaped,
        lambda text: quote(quote(text, safe=""), safe=""),
        lambda text: json.dumps(text)[1:-1],
        lambda text: json.dumps(json.dumps(text))[3:-3],
        lambda text: text.replace("/", "\\/"),
        lambda text: escaped(text[:3]) + text[3:],
        lambda text: text[:2] + percent(text[2:]),
        lambda text: percent(escaped(text)),
        lambda text: escaped(percent(text)),
    ]
)


def spelled(secret: str, spelling: Any) -> bytes:
    return str(spelling(secret)).encode()


def everything_in(file: bytes) -> list[bytes]:
    """All that somebody could find: the bytes of the file, and what they stand for, decoded in every way."""
    found = [file]
    document = yaml.load(file, Loader)

    def walk(value: Any) -> None:
        if isinstance(value, (dict, list)):
            for each in cast("list[Any]", value):
                walk(each)
                if isinstance(value, dict):
                    walk(value[each])
        elif isinstance(value, (str, bytes)):
            content = value.encode() if isinstance(value, str) else value
            found.append(content)
            for wbits in (31, 15, -15):
                try:
                    found.append(zlib.decompressobj(wbits).decompress(content))
                except zlib.error:
                    continue
            for encoded in re.findall(rb"base64,([A-Za-z0-9+/=]+)", content):
                found.append(base64.b64decode(encoded + b"=" * (-len(encoded) % 4)))

    walk(document)
    return found + [plain(each) for each in found]


def plain(content: bytes) -> bytes:
    """Without percent-encoding and the escapes of JSON, as deep as they go."""
    before = b""
    while before != content:
        before = content
        content = re.sub(rb"%([0-9A-Fa-f]{2})", lambda each: bytes([int(each[1], 16)]), content)
        content = re.sub(rb"\\+u00([0-7][0-9A-Fa-f])", lambda each: bytes([int(each[1], 16)]), content)
        content = content.replace(b"\\/", b"/")
    return content


def written(path: Path, request: httpx.Request, response: httpx.Response) -> bytes:
    path.unlink(missing_ok=True)
    with RecordedTransport(path, inner=Service(response)) as transport:
        exchange(transport, request)
    return path.read_bytes()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("secrets") / "a.yaml"


PLACES = ["query", "path", "request header", "request body", "request form", "header", "header name", "body", "gzip",
          "deflate", "frames", "data", "reason", "binary"]  # fmt: skip


@given(
    place=st.sampled_from(PLACES),
    token=TOKENS | OTHER_TOKENS,
    spelling=SPELLINGS,
    before=AROUND,
    after=AROUND,
    cut=st.integers(0, 40),
)
def test_the_token_is_nowhere(
    place: str, token: str, spelling: Any, before: bytes, after: bytes, cut: int, path: Path
) -> None:
    """Not in the file's bytes, nor in what they stand for; wherever it was said, in whatever spelling."""
    text = spelled(token, spelling)
    content = before + text + after
    printable = text.decode()
    request = httpx.Request("POST", f"{API}/x", content=b"{}", headers={"authorization": f"Bearer {token}"})
    response = httpx.Response(200, stream=Pieces(b"{}"))
    match place:
        case "query":
            request.url = httpx.URL(f"{API}/x", params={"a": printable})
        case "path":
            request.url = httpx.URL(f"{API}/{quote(printable, safe='%')}")
        case "request header":
            request.headers["user-agent"] = printable
        case "request body":
            request = httpx.Request("POST", f"{API}/x", content=content, headers=request.headers)
        case "request form":
            request = httpx.Request(
                "POST", f"{API}/x", files={"content": content}, headers={"authorization": f"Token {token}"}
            )
        case "header":
            response.headers["location"] = printable
        case "header name":
            response.headers[quote(token, safe="")] = "x"
        case "body":
            response = httpx.Response(200, stream=Pieces(content))
        case "gzip" | "deflate":
            body = gzip.compress(content) if place == "gzip" else zlib.compress(content)
            response = httpx.Response(200, stream=Pieces(body), headers={"content-encoding": place})
        case "frames":
            at = len(before) + cut
            response = httpx.Response(200, stream=Pieces(content[:at], content[at:]))
        case "data":
            encoded = b"data:text/plain;base64," + base64.b64encode(content)
            response = httpx.Response(200, stream=Pieces(b'{"a": "' + encoded + b'"}'))
        case "reason":
            response = httpx.Response(200, stream=Pieces(), extensions={"reason_phrase": text})
        case _:
            response = httpx.Response(200, stream=Pieces(b"\xff\xfe" + content))
    for found in everything_in(written(path, request, response)):
        assert token.encode() not in found


@given(secret=SECRETS, spelling=SPELLINGS, place=st.sampled_from(["body", "gzip", "request", "header"]))
def test_the_secret_of_webhooks_is_nowhere(secret: str, spelling: Any, place: str, path: Path) -> None:
    """Nor is what it encodes."""
    text = spelled(secret, spelling)
    body = b'{"key": "' + text + b'"}'
    request = httpx.Request("POST", f"{API}/x", content=body if place == "request" else b"")
    response = httpx.Response(200, stream=Pieces(body if place == "body" else b"{}"))
    if place == "gzip":
        response = httpx.Response(200, stream=Pieces(gzip.compress(body)), headers={"content-encoding": "gzip"})
    if place == "header":
        response.headers["x-key"] = text.decode()
    for found in everything_in(written(path, request, response)):
        assert secret.removeprefix("whsec_").rstrip("=").encode() not in found


@given(
    value=VALUES,
    name=NAMES,
    place=st.sampled_from(["request", "location", "json", "escaped", "html", "nested", "gzip"]),
)
def test_signatures_of_addresses_are_nowhere(value: str, name: str, place: str, path: Path) -> None:
    """In the address that was asked for, in headers, and in bodies, as JSON, HTML or a query write it."""
    url = f"https://files.test/a?owner=acme&{name}={value}&expiry=5"
    request = httpx.Request("GET", url if place == "request" else f"{API}/x")
    bodies = {
        "json": json.dumps({"next": url}),
        "escaped": json.dumps({"next": url}).replace("&", "\\u0026").replace("/", "\\/"),
        "html": f"<a href='{url.replace('&', '&amp;')}'>",
        "nested": f"https://a.test/?next={quote(url, safe='')}",
    }
    body = bodies.get(place, json.dumps([url])).encode()
    response = httpx.Response(200, stream=Pieces(body))
    if place == "gzip":
        response = httpx.Response(200, stream=Pieces(gzip.compress(body)), headers={"content-encoding": "gzip"})
    if place in ("location", "request"):
        response = httpx.Response(302, headers={"location": url if place == "location" else "/"}, stream=Pieces())
    for found in everything_in(written(path, request, response)):
        assert value.encode() not in found
        assert plain(value.encode()) not in found


def test_cookies_and_unknown_headers_are_left_out(path: Path) -> None:
    """Those of requests by a list of what is kept; a cookie's value is looked for in bodies, too."""
    request = httpx.Request(
        "GET",
        f"{API}/x",
        headers={"cookie": "a=1; session=c00kie-one-value", "x-api-key": "k3y", "accept": "text/plain"},
    )
    response = httpx.Response(
        200,
        headers=[("set-cookie", "__cf_bm=c00kie-two-value; path=/"), ("set-cookie", "b=c00kie-three"), ("x-a", "b")],
        stream=Pieces(b"c00kie-one-value c00kie-two-value c00kie-three"),
    )
    file = written(path, request, response)
    assert not re.search(rb"(?i)c00kie|k3y|cookie", file)
    (interaction,) = yaml.load(file, Loader)["interactions"]
    assert {name.lower().encode() for name in interaction["request"]["headers"]} <= KEPT
    assert interaction["request"]["headers"]["accept"] == ["text/plain"]
    assert interaction["response"]["headers"] == {"x-a": ["b"]}


def test_the_password_of_an_address_is_left_out(path: Path) -> None:
    """With the user's name."""
    file = written(path, httpx.Request("GET", "https://me:hunter2@a.test/x"), httpx.Response(200, stream=Pieces()))
    assert b"hunter2" not in file
    assert b"uri: https://a.test/x" in file


def test_what_was_recorded_before_is_cleaned_when_it_is_written_again(tmp_path: Path) -> None:
    """A cassette of vcrpy may hold the token; after an episode was added, it does not."""
    path, token = tmp_path / "a.yaml", "an-old-token-of-no-known-shape"
    path.write_text(
        f"""interactions:
- request: {{method: GET, uri: '{API}/a', body: '', headers: {{authorization: [Bearer {token}], accept: ['*/*']}}}}
  response: {{status: {{code: 200, message: OK}}, headers: {{}}, body: {{string: '{token}'}}, custom: kept}}
- request: {{method: GET, uri: '{API}/b', body: '', headers: {{}}}}
  response: {{status: {{code: 200, message: OK}}, headers: {{}}, body: {{string: b}}, custom: kept}}
metadata: {{by: hand}}
version: 1
"""
    )
    service = Service(httpx.Response(200, stream=Pieces(b"c")))
    with RecordedTransport(path, mode="new_episodes", inner=service) as transport:
        exchange(transport, httpx.Request("GET", f"{API}/c"))
    assert token not in path.read_text()
    document = yaml.load(path.read_bytes(), Loader)
    assert [each["request"]["uri"][-1] for each in document["interactions"]] == ["a", "b", "c"]
    assert document["interactions"][1]["response"]["custom"] == "kept"
    assert document["metadata"] == {"by": "hand"}


def test_lengths_stay_true(path: Path) -> None:
    """What stands in for a secret is as long as it; of a body that is stored decoded, the length is set right."""
    token = "r8_" + "x" * 37
    for encoding in (None, "gzip"):
        content = f'{{"token": "{token}"}}'.encode()
        body = gzip.compress(content) if encoding else content
        headers = {"content-length": str(len(body)), **({"content-encoding": encoding} if encoding else {})}
        request = httpx.Request("GET", f"{API}/x", headers={"authorization": f"Bearer {token}"})
        written(path, request, httpx.Response(200, headers=headers, stream=Pieces(body)))
        with RecordedTransport(path) as transport:
            response = exchange(transport, request)
        assert raw(response) == b'{"token": "REDACTED%s"}' % (b"-" * 32)
        assert response.headers == {"content-length": str(len(content))}


def test_frames_stay_as_they_were(path: Path) -> None:
    """Also those that a secret lay across."""
    request = httpx.Request("GET", f"{API}/x", headers={"authorization": "Bearer t0psecret"})
    written(path, request, httpx.Response(200, stream=Pieces(b"data: t0p", b"secret", b"\n\n")))
    with RecordedTransport(path) as transport:
        response = transport.handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        assert list(response.stream) == [b"data: RED", b"ACTED-", b"\n\n"]


def test_what_compresses_no_secret_is_kept_byte_for_byte(path: Path) -> None:
    """With its header."""
    body = gzip.compress(b'{"a": "b"}')
    written(path, httpx.Request("GET", f"{API}/x"),
            httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Pieces(body)))  # fmt: skip
    with RecordedTransport(path) as transport:
        response = exchange(transport, httpx.Request("GET", f"{API}/x"))
    assert (raw(response), response.headers["content-encoding"]) == (body, "gzip")


def test_a_request_with_the_token_of_another_day_is_answered(tmp_path: Path) -> None:
    """In the body, in the query, in the header: what is compared has no secrets either, and no lengths of them."""
    path = tmp_path / "a.yaml"

    def ask(transport: RecordedTransport, token: str, signature: str) -> bytes:
        request = httpx.Request(
            "POST",
            f"{API}/x?signature={signature}",
            json={"input": {"api_token": token}},
            headers={"authorization": f"Bearer {token}"},
        )
        return raw(exchange(transport, request))

    with RecordedTransport(path, inner=Service(httpx.Response(200, stream=Pieces(b"yes")))) as transport:
        ask(transport, "r8_" + "a" * 37, "c2lnbmF0dXJl")
    with RecordedTransport(path) as transport:
        assert ask(transport, "dummy-token", "b3RoZXIgc2lnbmF0dXJl") == b"yes"


def test_a_secret_of_webhooks_that_was_recorded_still_works(tmp_path: Path) -> None:
    """As a secret: what verifies webhooks takes it."""
    path, secret = tmp_path / "a.yaml", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    service = Service(httpx.Response(200, json={"key": secret}))
    for inner in (service, None):
        with Client(token="r8_12345678", transport=RecordedTransport(path, inner=inner)) as client:
            found = client.webhooks.default.secret.get().key
    assert found != secret
    assert len(found) == len(secret)
    body = json.dumps(PREDICTION)
    headers = webhooks.sign(body, secret=found)
    webhook = webhooks.unwrap(body, headers, secret=found)
    assert webhook.prediction is not None


@given(st.binary(max_size=200), st.sets(OTHER_TOKENS, max_size=3))
def test_to_redact_twice_changes_nothing_more(content: bytes, known: set[str]) -> None:
    """So that what was recorded can be compared with what is asked."""
    secrets = frozenset(each.encode() for each in known)
    content = b"?sig=" + content + b"whsec_abcdefghijkl r8_" + b"a" * 30 + b";base64," + base64.b64encode(content)
    once = redacted(content, secrets)
    assert len(once) == len(content)
    assert redacted(once, secrets) == once


@pytest.mark.parametrize(
    "innocent",
    [
        b"r8_short", b"char8_t", b"%72%38", b"whsec_", b'{"token": "abc"}', b"the token: max_tokens=5", b"a?token",
        b"&sig;", b"?cursor=cD0yMDIz&owner=acme&expiry=5", b"?design=blue&significant=yes",
        b"https://replicate.delivery/pbxt/abc/out-0.png", b";base64,aGVsbG8gd29ybGQ=", b"\x00\xff;base64,",
    ],
)  # fmt: skip
def test_what_is_no_secret_stays(innocent: bytes) -> None:
    """Byte for byte."""
    assert redacted(innocent, frozenset([b"some-token"])) == innocent


@given(token=TOKENS, spelling=SPELLINGS, before=AROUND, after=AROUND)
def test_a_token_that_nobody_sent_is_nowhere(
    token: str, spelling: Any, before: bytes, after: bytes, path: Path
) -> None:
    """It is known by its shape: another account's, in an answer."""
    body = before + spelled(token, spelling) + after
    for found in everything_in(
        written(path, httpx.Request("GET", f"{API}/x"), httpx.Response(200, stream=Pieces(body)))
    ):
        assert token.encode() not in found


def test_short_tokens_are_no_secrets(path: Path) -> None:
    """A test's token may be a word, which would be found in every body."""
    request = httpx.Request("GET", f"{API}/x", headers={"authorization": "Bearer test"})
    assert b"a test body" in written(path, request, httpx.Response(200, stream=Pieces(b"a test body")))
