"""Getting what the service only names: streams and files elsewhere."""

from __future__ import annotations

import pytest

from replicate_typed.foreign import foreign_get
from replicate_typed.requests import name_of, request_for
from replicate_typed.settings import API_URL, Settings

URL = "https://replicate.delivery/pbxt/a/out%2F0.png?x=1"


def test_it_is_asked_for_as_it_was_given() -> None:
    """Escapes and all, wherever the API is."""
    request = request_for(foreign_get("files.output", URL, API_URL), Settings(), None)
    assert (request.method, str(request.url)) == ("GET", URL)
    assert request.headers["accept-encoding"] == "identity"


def test_neither_the_token_nor_the_headers_of_the_client_go_there() -> None:
    """They are for the API alone."""
    settings = Settings(headers={"x-company": "acme"})
    request = request_for(foreign_get("files.output", URL, API_URL, headers={"range": "bytes=1-"}), settings, "r8_a")
    assert "authorization" not in request.headers
    assert "x-company" not in request.headers
    assert request.headers["range"] == "bytes=1-"


@pytest.mark.parametrize("url", ["http://replicate.delivery/a", "ftp://a/b", "file:///etc/passwd", "https://", "a", ""])
def test_it_must_be_https(url: str) -> None:
    """Anything else could be read on the way, or is no address."""
    with pytest.raises(ValueError, match="is not an address that starts with https://"):
        foreign_get("files.output", url, API_URL)


def test_beside_a_plain_api_it_may_be_plain() -> None:
    """As on your desk, where both are."""
    assert foreign_get("files.output", "http://localhost:8000/a", "http://localhost:8000/v1").path.endswith(":8000/a")


def test_errors_do_not_show_what_may_be_a_signature() -> None:
    """An address is called by what stands before its query."""
    assert name_of(foreign_get("files.output", URL, API_URL)) == "GET https://replicate.delivery/pbxt/a/out%2F0.png"
    with pytest.raises(ValueError, match="ftp://a/b") as caught:
        foreign_get("files.output", "ftp://a/b?signature=secret", API_URL)
    assert "secret" not in str(caught.value)
