"""An output file that is a picture, as notebooks show it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Generator
from typing import Any

import httpx
import pytest
from bodies import PREDICTION
from IPython.core.formatters import DisplayFormatter

from replicate_typed import AsyncClient, Client, OutputFile
from replicate_typed.pictures import MOST_BYTES, picture

URL = "https://replicate.delivery/xezq/abc/out-0.webp"
PICTURE = b"the bytes of a picture"
TOKEN = "r8_token"


def source_of(html: str | None) -> str | None:
    """Where a browser finds the picture; the whole of what is shown is that."""
    found = html and re.fullmatch(r'<img src="([^"<>]*)" alt="([^"<>]*)" style="max-width:100%">', html)
    assert found or html is None
    return found[1] if found else None


def data_url(media_type: str, content: bytes = PICTURE) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


class Service:
    """Answers every run with the address of an output file, and tells what was asked of that."""

    def __init__(self, url: str, answer: Callable[[], httpx.Response]) -> None:
        self.url = url
        self.answer = answer
        self.downloads: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(201, json={**PREDICTION, "output": self.url})
        self.downloads.append(request)
        return self.answer()


def output(url: str, answer: Callable[[], httpx.Response]) -> tuple[OutputFile, Service]:
    """The output file of a client whose transport answers like that."""
    service = Service(url, answer)
    file = Client(transport=httpx.MockTransport(service), token=TOKEN, retries=0).run("acme/painter", {})
    assert isinstance(file, OutputFile)
    return file, service


def answered(content: bytes = PICTURE, status: int = 200) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(status, content=content)


def shown(file: OutputFile) -> str | None:
    """As a notebook shows it."""
    return source_of(file._repr_html_())  # pyright: ignore[reportPrivateUsage] -- as IPython calls it


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("out.png", "image/png"),
        ("out-0.webp", "image/webp"),
        ("a%20b.JPG", "image/jpeg"),
        ("out.gif?x=1", "image/gif"),
        ("out.svg", "image/svg+xml"),
    ],
)
def test_a_picture_shows_itself(name: str, media_type: str) -> None:
    """With its content, so that it is there when the service has it no more."""
    file, _ = output(f"https://replicate.delivery/xezq/abc/{name}", answered())
    assert shown(file) == data_url(media_type)


def test_a_picture_is_asked_for_without_the_token() -> None:
    """As in any download."""
    file, service = output(URL, answered())
    shown(file)
    (request,) = service.downloads
    assert "authorization" not in request.headers
    assert TOKEN not in repr(request.headers.raw)


@pytest.mark.parametrize("name", ["out.mp4", "out.html", "out.txt", "out", "out.png.zip", "png"])
def test_what_is_no_picture_by_its_name_is_not_downloaded(name: str) -> None:
    """A video may be large."""
    file, service = output(f"https://replicate.delivery/xezq/abc/{name}", answered())
    assert shown(file) is None
    assert service.downloads == []


def test_a_data_url_is_the_picture() -> None:
    """There is nothing to be downloaded; one that is broken, or no picture, is not shown."""
    assert shown(OutputFile(data_url("image/png"))) == data_url("image/png")
    assert shown(OutputFile("data:image/png;base64,AAA")) is None
    assert shown(OutputFile(data_url("text/html"))) is None
    assert shown(OutputFile(data_url("image/png", bytes(MOST_BYTES + 1)))) is None


def broken() -> httpx.Response:
    raise httpx.ReadError("broken")


@pytest.mark.parametrize("answer", [answered(status=404), answered(status=500), broken])
def test_a_picture_that_cannot_be_had_is_its_address(answer: Callable[[], httpx.Response]) -> None:
    """No cell fails for it."""
    file, service = output(URL, answer)
    assert shown(file) is None
    assert service.downloads


@pytest.mark.parametrize("url", ["http://example.com/a.png", "https:///a.png", "//[/a.png", "a.png", "\x00.png", ""])
def test_a_picture_that_is_nowhere_is_its_address(url: str) -> None:
    """Whatever somebody made an output file of."""
    assert shown(OutputFile(url)) is None


def test_a_large_picture_is_shown_by_its_address() -> None:
    """A notebook's server would not pass its content on; the browser asks for it."""
    file, _ = output(URL, answered(bytes(MOST_BYTES)))
    assert shown(file) == data_url("image/webp", bytes(MOST_BYTES))
    file, _ = output(f"{URL}?a=1&b=2", answered(bytes(MOST_BYTES + 1)))
    assert shown(file) == f"{URL}?a=1&amp;b=2"


class Later(httpx.AsyncBaseTransport):
    """A transport of one colour."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(201, json={**PREDICTION, "output": URL})


def test_a_picture_that_can_only_be_awaited_is_shown_by_its_address() -> None:
    """What shows it cannot wait."""
    import asyncio

    file = asyncio.run(AsyncClient(transport=Later(), token=TOKEN).run("acme/painter", {}))
    assert shown(file) == URL


def test_a_picture_of_a_closed_client_is_shown_by_its_address() -> None:
    """As after `with Client() as client:`."""
    with Client(transport=httpx.MockTransport(Service(URL, answered())), token=TOKEN) as client:
        file = client.run("acme/painter", {})
    assert shown(file) == URL


class Endless:
    """A picture that never ends; knows what is asked of it."""

    url = "https://replicate.delivery/\"><script>alert('x')</script>.png"
    name = "\"><script>alert('x')</script>.png"
    media_type = "image/png"

    def __init__(self) -> None:
        self.given = 0
        self.timeout: float | None = None
        self.is_closed = False

    def iter_bytes(self, *, timeout: float | None = None) -> Generator[bytes]:
        self.timeout = timeout
        try:
            while True:
                self.given += 2**16
                yield bytes(2**16)
        finally:
            self.is_closed = True


def test_a_download_is_bounded() -> None:
    """In bytes and in time; it is closed at once. Nothing in a name or an address is HTML."""
    endless = Endless()
    assert source_of(picture(endless)) is not None
    assert endless.is_closed
    assert endless.given <= MOST_BYTES + 2**16
    assert endless.timeout is not None
    assert endless.timeout <= 10


def formatted(file: Any, types: list[str] | None) -> dict[str, Any]:
    """What IPython makes of a value, of all types or of these."""
    formatter: Any = DisplayFormatter()
    if types is not None:
        formatter.active_types = types
    data: dict[str, Any] = formatter.format(file)[0]
    return data


def test_only_notebooks_download() -> None:
    """A terminal shows the address, and asks nobody."""
    file, service = output(URL, answered())
    assert formatted(file, ["text/plain"]) == {"text/plain": repr(file)}
    assert service.downloads == []
    data = formatted(file, None)
    assert data.keys() == {"text/plain", "text/html"}
    assert source_of(data["text/html"]) == data_url("image/webp")
    assert len(service.downloads) == 1
