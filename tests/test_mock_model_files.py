"""The files of the mock service's models: what they give is served, what they are given is a file on the disk."""

from __future__ import annotations

import base64
import gc
import hashlib
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, get, problem_of

from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.files.model_files import ModelFiles
from replicate_typed.transports.mock.files.uploads import Files

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


def test_an_uploaded_file_is_opened_on_the_disk(mock: MockTransport, client: httpx.Client) -> None:
    """Under its own name, at whatever base URL; every opening has a copy of its own."""
    mock = MockTransport()
    client = httpx.Client(transport=mock, base_url=BASE)
    files = files_of(mock)
    file = body_of(client.post("/files", files={"content": ("cat.png", PNG)}))
    path = files.open(file["urls"]["get"])
    assert (path.name, path.read_bytes()) == ("cat.png", PNG)
    path.write_bytes(b"changed")
    assert files.open(f"http://localhost:1/v1/files/{file['id']}").read_bytes() == PNG


def sized_model(mock: MockTransport) -> None:
    """A model that reads a file."""

    @mock.model("acme/size", starting=0, processing=0)
    def size(file: Path) -> str:
        return f"{file.name}: {len(file.read_bytes())}"


def test_a_model_is_given_files_for_addresses(mock: MockTransport, client: httpx.Client) -> None:
    """Of an upload, of an output file, or in the address itself."""
    sized_model(mock)
    upload = body_of(client.post("/files", files={"content": ("cat.png", PNG)}))["urls"]["get"]
    output = painted(mock, client, lambda: b"12")["output"]
    for url, expected in ((upload, "cat.png: 4"), (output, "output.bin: 2"), ("data:text/plain,123", "input.txt: 3")):
        assert create(client, "acme/size", file=url)["output"] == expected


def test_a_file_that_is_elsewhere_fails_the_prediction(mock: MockTransport, client: httpx.Client) -> None:
    """Nothing is fetched from anywhere; the error says what to do."""
    sized_model(mock)
    failed = create(client, "acme/size", file="https://example.com/cat.png")
    assert failed["status"] == "failed"
    assert failed["error"].startswith("the input file https://example.com/cat.png cannot be downloaded: the mock")
    assert failed["error"].endswith("upload it first, or give a data URL")


def files_of(mock: MockTransport) -> ModelFiles:
    files: ModelFiles = mock._state.model_files  # pyright: ignore[reportPrivateUsage] -- what models are given
    return files


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..", ".", "", "/", "a\\..\\b.txt", "\0", "x" * 250 + ".png", "é" * 250, "CON:", "a/b", " "],
)
def test_no_name_leads_out_of_the_folder(client: httpx.Client, mock: MockTransport, name: str) -> None:
    """Whoever chose it."""
    file = body_of(client.post("/files", files={"content": ("x", PNG)}, data={"filename": name[:127]}))
    files = files_of(mock)
    path = files.open(file["urls"]["get"])
    assert path.read_bytes() == PNG
    inner = files.open("data:,x").parent.parent
    assert path.resolve().parent.parent == inner.resolve()


@pytest.mark.parametrize(
    ("url", "name", "content"),
    [
        ("data:image/png;base64," + base64.b64encode(PNG).decode(), "input.png", PNG),
        ("data:text/plain;charset=utf-8,gr%C3%BCn,blau", "input.txt", "grün,blau".encode()),
        ("DATA:,x", "input", b"x"),
        ("data:application/x-unheard-of;base64,", "input", b""),
        ("data:;base64,%2B%2F8%3D", "input", b"\xfb\xff"),
    ],
)
def test_a_data_url_is_opened_on_the_disk(mock: MockTransport, url: str, name: str, content: bytes) -> None:
    """With a name that fits its type."""
    path = files_of(mock).open(url)
    assert (path.name, path.read_bytes()) == (name, content)


def test_an_output_file_can_be_the_input_of_the_next_model(mock: MockTransport, client: httpx.Client) -> None:
    """As long as it is there."""
    url = painted(mock, client, lambda: PNG)["output"]
    assert files_of(mock).open(url).read_bytes() == PNG
    mock.clock.sleep(3600)
    with pytest.raises(ValueError, match="cannot be downloaded"):
        files_of(mock).open(url)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (
            "https://example.com/cat.png",
            "cat.png cannot be downloaded.* does no network.*upload it first",
        ),
        (f"{BASE}/files/nope", "cannot be downloaded"),
        ("cat.png", "cannot be downloaded"),
        ("file:///etc/passwd", "cannot be downloaded"),
        ("http://[", "cannot be downloaded"),
        ("", "cannot be downloaded"),
        ("data:image/png;base64,x", "not in base64"),
        ("data:image/png", "no comma"),
    ],
)
def test_what_cannot_be_opened_is_told(mock: MockTransport, url: str, why: str) -> None:
    """And what to do instead: nothing is fetched from anywhere."""
    with pytest.raises(ValueError, match=why):
        files_of(mock).open(url)


def test_local_copies_go_with_the_transport() -> None:
    """When it is closed, or when nobody has it any more; what is opened after closing is a new copy."""
    mock = MockTransport()
    first = files_of(mock).open("data:,x")
    mock.close()
    assert not first.exists()
    second = files_of(mock).open("data:,x")
    assert second.exists()
    del mock
    gc.collect()
    assert not second.parent.parent.exists()


@pytest.mark.anyio
async def test_async_clients_close_it_too() -> None:
    """As their `async with` ends."""
    mock = MockTransport()
    path = files_of(mock).open("data:,x")
    async with httpx.AsyncClient(transport=mock):
        assert path.exists()
    assert not path.exists()


def test_uploads_expire_for_models_too() -> None:
    """A file that is gone cannot be opened."""
    instants = [0]
    uploads = Files(seed=0, account="acme", now=lambda: instants[0])
    files = ModelFiles(uploads, lambda: instants[0])
    file = uploads.add(name="a", content_type="b", content=b"c", metadata={}, root=BASE)
    assert files.open(f"{BASE}/files/{file.id}").read_bytes() == b"c"
    instants[0] = 24 * 60 * 60 * 1_000_000
    with pytest.raises(ValueError, match="cannot be downloaded"):
        files.open(f"{BASE}/files/{file.id}")
