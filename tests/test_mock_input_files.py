"""The files that the mock service's models are given: local copies of what an input's addresses name."""

from __future__ import annotations

import base64
import gc
from pathlib import Path

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service

from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.files.model_files import ModelFiles
from replicate_typed.transports.mock.files.uploads import Files

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)
PNG = b"\x89PNG"


def painted(mock: MockTransport, client: httpx.Client, picture: bytes) -> str:
    """The address of an output file."""
    mock.model("acme/painter", starting=0, processing=0)(lambda: picture)
    url: str = create(client, "acme/painter")["output"]
    return url


def test_an_uploaded_file_is_opened_on_the_disk(mock: MockTransport, client: httpx.Client) -> None:
    """Under its own name, at whatever base URL; every opening has a copy of its own."""
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
    output = painted(mock, client, b"12")
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
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("/", "file"),
        ("a\\..\\b.txt", "b.txt"),
        ("\0a\n", "a"),
        ("x" * 250 + ".png", "x" * 56 + ".png"),
        ("é" * 400, "é" * 60),
        ("CON: a", "CON_a"),
        (".hidden", "hidden"),
    ],
)
def test_no_name_leads_out_of_the_folder(mock: MockTransport, client: httpx.Client, name: str, kept: str) -> None:
    """Whoever chose it; the end of a long one is kept."""
    files = files_of(mock)
    folder = files.open("data:,x").parent.parent.resolve()
    fields = {"filename": name} if len(name.encode()) <= 255 else {}
    file = body_of(client.post("/files", files={"content": (name, PNG)}, data=fields))
    path = files.open(file["urls"]["get"]).resolve()
    assert (path.parent.parent, path.name, path.read_bytes()) == (folder, kept, PNG)


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
    url = painted(mock, client, PNG)
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
