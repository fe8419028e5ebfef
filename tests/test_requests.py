"""What is sent for an operation."""

from __future__ import annotations

import io
import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings, strategies as st

from replicate_api.api.account.account_get import account_get
from replicate_api.types import Body, Operation, Part
from replicate_typed.foreign import foreign_get
from replicate_typed.requests import encode_json, name_of, request_for
from replicate_typed.settings import Settings, read_settings

SETTINGS = Settings()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def nothing(response: httpx.Response) -> None: ...


def post(body: Body | None, **options: Any) -> Operation[None]:
    return Operation("x", "POST", "/x", nothing, body=body, **options)


def test_a_get_has_no_body() -> None:
    """And an address below the base URL."""
    request = request_for(account_get(), SETTINGS, "r8_a")
    assert (request.method, str(request.url)) == ("GET", "https://api.replicate.com/v1/account")
    assert request.content == b""
    assert "content-type" not in request.headers
    assert name_of(account_get()) == "GET /account"


@pytest.mark.parametrize("host", ["256.1.1.1", "\u2488.example", "xn--\u00e4.example"])
def test_an_address_that_is_none_is_named(host: str) -> None:
    """As bad input, and not by an error of httpx; whether it is the base URL or an address that the service names."""
    named: Operation[Any] = foreign_get("x", f"https://{host}/", "https://x")
    for operation, base_url in ((account_get(), f"https://{host}"), (named, None)):
        with pytest.raises(ValueError, match=rf"^'https://{host}/.*' is not an address: Invalid "):
            request_for(operation, read_settings(base_url=base_url), "r8_a")


def test_the_token_goes_where_it_is_needed() -> None:
    """And nowhere else."""
    assert request_for(post(None), SETTINGS, "r8_a").headers["authorization"] == "Bearer r8_a"
    assert "authorization" not in request_for(post(None), SETTINGS, None).headers
    assert "authorization" not in request_for(post(None, needs_token=False), SETTINGS, "r8_a").headers


@settings(max_examples=30)
@given(st.dictionaries(st.text(), JSON))
def test_a_mapping_is_sent_as_json(body: dict[str, Any]) -> None:
    """As ASCII and without spaces, and read back as it was."""
    request = request_for(post(body), SETTINGS, None)
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.content) == body
    assert request.content.isascii()


def test_bytes_are_sent_as_they_are() -> None:
    """With the type that the operation gives them."""
    request = request_for(post(b"llama \xff", headers={"Content-Type": "text/plain"}), SETTINGS, None)
    assert (request.content, request.headers["content-type"]) == (b"llama \xff", "text/plain")


def test_parts_are_sent_as_a_form() -> None:
    """Each with its name, and its file's name and type if it has them."""
    parts = [
        Part("content", io.BytesIO(b"\x00\xff"), filename="a.bin", content_type="image/png"),
        Part("type", "image/png"),
        Part("metadata", "{}", content_type="application/json"),
    ]
    request = request_for(post(parts), SETTINGS, None)
    sent = request.read()
    assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="content"; filename="a.bin"\r\nContent-Type: image/png\r\n\r\n\x00\xff\r\n' in sent
    assert b'name="type"\r\n' in sent
    assert b'name="metadata"\r\nContent-Type: application/json\r\n\r\n{}\r\n' in sent
    assert len(request_for(post(parts), SETTINGS, None).read()) == len(sent), "a second try sends the files again"


def test_headers_come_from_the_operation_then_the_settings_then_the_defaults() -> None:
    """Once each, whatever case they are written in."""
    given_headers = read_settings(headers={"USER-AGENT": "mine", "X-A": "settings", "Prefer": "settings"})
    request = request_for(post(None, headers={"Prefer": "wait=5", "x-a": "operation"}), given_headers, None)
    names = [name.lower() for name, _ in request.headers.raw]
    assert len(names) == len(set(names))
    assert request.headers["user-agent"] == "mine"
    assert (request.headers["x-a"], request.headers["prefer"]) == ("operation", "wait=5")


def test_a_query_is_escaped() -> None:
    """And says true and false as the service does."""
    operation = post(None, query={"a": "b c&d=ä+", "e": True, "f": 0.5})
    assert request_for(operation, SETTINGS, None).url.query == b"a=b+c%26d%3D%C3%A4%2B&e=true&f=0.5"


def test_a_streamed_answer_is_asked_for_as_it_is() -> None:
    """Others may be compressed."""
    assert request_for(post(None), SETTINGS, None).headers["accept-encoding"] == "gzip, deflate"
    assert request_for(post(None, is_streamed=True), SETTINGS, None).headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        ({"a": [1, {"b": float("inf")}]}, ValueError, r"^a\[1\]\.b: inf is not JSON; send a finite number or None"),
        ({"a": {"b": object()}}, TypeError, r"^a\.b: object is not JSON; send str, int, .* list or dict"),
        ({"a": {b"b": 1}}, TypeError, "^a: the name b'b' is not a string"),
        ({"a": 10**5000}, ValueError, "the request is not JSON"),
    ],
)  # fmt: skip
def test_what_is_not_json_is_named(value: dict[str, Any], kind: type[Exception], message: str) -> None:
    """By the path to it."""
    with pytest.raises(kind, match=message):
        encode_json(value)
