"""The files that the mock service's models give: addresses in the output, and what is served there."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from mocking import BASE, client_of, create, echo_service, get, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)
PNG = b"\x89PNG"


def painted(mock: MockTransport, client: httpx.Client, paint: Callable[[], Any]) -> dict[str, Any]:
    """A prediction of ten seconds that has just ended."""
    name = f"acme/painter-{len(mock.predictions)}"
    mock.model(name, starting=0, processing=10)(paint)
    created = create(client, name)
    mock.clock.sleep(10)
    return get(client, created)


def test_an_output_file_is_served(mock: MockTransport, client: httpx.Client, tmp_path: Path) -> None:
    """Under its name, with the headers that were recorded; there is no rate limit."""
    (tmp_path / "cat é.png").write_bytes(PNG)
    url = painted(mock, client, lambda: tmp_path / "cat é.png")["output"]
    assert url.startswith("https://replicate.delivery/xezq/")
    assert url.endswith("/cat%20%C3%A9.png")
    response = client.get(url)
    assert (response.status_code, response.content) == (200, PNG)
    assert dict(response.headers) == {
        "content-type": "image/png",
        "content-length": "4",
        "etag": f'"{hashlib.md5(PNG).hexdigest()}"',
        "cache-control": "public,max-age=3600",
        "accept-ranges": "bytes",
        "access-control-allow-origin": "*",
        "date": "Wed, 01 Jan 2025 00:00:10 GMT",
    }
    assert mock.requests[-1].operation == "output_file"


def written() -> io.BytesIO:
    """A file in memory as it is left by what wrote it: at its end."""
    file = io.BytesIO()
    file.write(PNG)
    return file


def temporary() -> Any:
    file = tempfile.NamedTemporaryFile(suffix=".png")  # noqa: SIM115 -- the model gives it away
    file.write(PNG)
    return file


@pytest.mark.parametrize(
    ("paint", "content_type"),
    [
        (lambda: PNG, "application/octet-stream"),
        (written, "application/octet-stream"),
        (temporary, "image/png"),
    ],
)
def test_bytes_and_open_files_are_output_files_too(
    mock: MockTransport, client: httpx.Client, paint: Callable[[], Any], content_type: str
) -> None:
    """The type is that of the name, if there is one; an open file is read from its beginning."""
    response = client.get(painted(mock, client, paint)["output"])
    assert (response.content, response.headers["content-type"]) == (PNG, content_type)


def test_files_may_be_anywhere_in_an_output(mock: MockTransport, client: httpx.Client) -> None:
    """In lists and objects; the rest stays as it is."""
    output = painted(mock, client, lambda: {"images": [b"1", b"2"], "count": 2})["output"]
    assert [client.get(url).content for url in output["images"]] == [b"1", b"2"]
    assert output["count"] == 2


def test_files_may_come_bit_by_bit(mock: MockTransport, client: httpx.Client) -> None:
    """Each can be fetched as soon as it is seen."""

    @mock.model("acme/film", starting=0, processing=3)
    def film() -> Any:
        yield b"1"
        yield b"2"

    created = create(client, "acme/film")
    mock.clock.sleep(1)
    [first] = get(client, created)["output"]
    assert client.get(first).content == b"1"
    mock.clock.sleep(2)
    assert [client.get(url).content for url in get(client, created)["output"]] == [b"1", b"2"]


def test_a_path_to_nothing_fails_the_prediction(mock: MockTransport, client: httpx.Client, tmp_path: Path) -> None:
    """With the system's error."""
    failed = painted(mock, client, lambda: tmp_path / "nothing.png")
    assert failed["status"] == "failed"
    assert "No such file" in failed["error"]
    assert "nothing.png" in failed["error"]


def test_output_files_are_gone_an_hour_after_the_end(mock: MockTransport, client: httpx.Client) -> None:
    """As the rest of the prediction's data."""
    url = painted(mock, client, lambda: PNG)["output"]
    mock.clock.sleep(3599.999999)
    assert client.get(url).status_code == 200
    mock.clock.sleep(0.000001)
    problem = problem_of(client.get(url), 404)
    assert problem["detail"].endswith("they are kept for an hour after the end")
    later = painted(mock, client, lambda: b"later")["output"]
    assert client.get(url).status_code == 404
    assert client.get(later).content == b"later"


def test_an_address_that_was_not_given_leads_nowhere(mock: MockTransport, client: httpx.Client) -> None:
    """The name is part of it."""
    url = painted(mock, client, lambda: PNG)["output"]
    problem_of(client.get(url.replace("output.bin", "other.bin")), 404)
    problem_of(client.get("https://replicate.delivery/xezq/abc/output.bin"), 404)


def test_output_files_are_at_the_server_that_the_prediction_was_made_at(mock: MockTransport) -> None:
    """If that is not Replicate's own; the same seed gives the same addresses."""

    def url(base: str) -> str:
        mock = MockTransport(seed=3)
        client = httpx.Client(transport=mock, base_url=base)
        found: str = painted(mock, client, lambda: PNG)["output"]
        assert client.get(found).content == PNG
        return found

    assert url("http://localhost:8080/v1").startswith("http://localhost:8080/xezq/")
    assert url(BASE) == url(BASE)


@pytest.mark.anyio
async def test_output_files_are_served_in_both_colours(mock: MockTransport, client: httpx.Client) -> None:
    """And faults meet them."""
    url = painted(mock, client, lambda: PNG)["output"]
    mock.fail("output_file", status=503)
    async with httpx.AsyncClient(transport=mock) as async_client:
        assert (await async_client.get(url)).status_code == 503
        assert (await async_client.get(url)).content == PNG
