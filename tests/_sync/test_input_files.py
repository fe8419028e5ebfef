# Made by scripts/unasync.py from tests/_async/test_input_files.py; do not edit.
"""Files in inputs, on every kind of create."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from eating import BIG, INLINE, SMALL, Pipe, contents, eaten, eating_service, opened, sent, written
from predictions import VERSION

from replicate_typed import Client, CogTransport, MockTransport, NotSupportedError

pytestmark = pytest.mark.anyio
mock = pytest.fixture(eating_service)

URL = "https://example.com/cat.png"

Create = Callable[[Client, dict[str, Any]], Any]
CREATES: dict[str, Create] = {
    "run": lambda client, given: client.run("acme/eat", given),
    "submit": lambda client, given: client.submit("acme/eat", given),
    "predictions.create": lambda client, given: client.predictions.create(f"acme/eat:{VERSION}", given),
    "models.predictions.create": lambda client, given: client.models.predictions.create("acme/eat", given),
    "deployments.predictions.create": lambda client, given: client.deployments.predictions.create("acme/prod", given),
    "trainings.create": lambda client, given: client.trainings.create(
        f"acme/eat:{VERSION}", destination="acme/new", input=given
    ),
}
on_every_create = pytest.mark.parametrize("create", CREATES.values(), ids=CREATES.keys())


@pytest.fixture
def client(mock: MockTransport) -> Client:
    return Client(transport=mock)


@on_every_create
def test_a_small_file_stands_in_the_input_itself(
    create: Create, mock: MockTransport, client: Client, tmp_path: Path
) -> None:
    """As a data URL with its type, at the cost of no request; bytes are a file, too (defect V18)."""
    path = written(tmp_path / "cat.png", SMALL)
    given = {"image": path, "more": {"deep": [SMALL, (bytearray(b"hi"), memoryview(b"ho"))], "text": str(path)}}
    create(client, given)
    url = f"data:image/png;base64,{base64.b64encode(SMALL).decode()}"
    plain = [f"data:application/octet-stream;base64,{base64.b64encode(text).decode()}" for text in (b"hi", b"ho")]
    assert sent(mock) == ({"image": url, "more": {"deep": [url, plain], "text": str(path)}}, [])
    assert given["image"] is path, "the caller's input was changed"


@on_every_create
def test_a_larger_file_is_uploaded_with_its_name_and_type(
    create: Create, mock: MockTransport, client: Client, tmp_path: Path
) -> None:
    """And its address stands in the input (defect V16, pain 14)."""
    create(client, {"image": written(tmp_path / "cat é.png", BIG)})
    ((name, media_type, content),) = contents(mock)
    assert (name, media_type, content == BIG) == ("cat é.png", "image/png", True)
    input, uploads = sent(mock)
    assert input["image"].startswith("https://api.replicate.com/v1/files/")
    assert len(uploads) == 1


@pytest.mark.parametrize(("size", "uploads"), [(0, 0), (1, 0), (INLINE, 0), (INLINE + 1, 1)])
def test_the_limit_is_what_the_service_documents(size: int, uploads: int, mock: MockTransport, client: Client) -> None:
    """Data URLs up to 256 KB; the model gets the content either way (pain 16)."""
    content = os.urandom(size)
    (told,) = client.run("acme/eat", {"image": content})
    assert told.endswith(hashlib.sha256(content).hexdigest())
    assert len(sent(mock)[1]) == uploads


@pytest.mark.parametrize("content", [SMALL, BIG], ids=["small", "big"])
def test_every_kind_of_open_file_is_sent_from_where_it_stands(content: bytes, client: Client, tmp_path: Path) -> None:
    """And left open, where it stood, so that it can be sent again."""
    memory = io.BytesIO(b"skipped" + content)
    memory.seek(7)
    with ExitStack() as files:
        plain, raw = (files.enter_context(opened(tmp_path / "a.png", content, size)) for size in (-1, 0))
        spooled = files.enter_context(tempfile.SpooledTemporaryFile())
        spooled.write(content)
        spooled.seek(0)
        for file, at in ((plain, 0), (memory, 7), (spooled, 0), (raw, 0)):
            for _ in range(2):
                (told,) = client.run("acme/eat", {"image": file})
                assert told.endswith(hashlib.sha256(content).hexdigest())
                assert not file.closed
                assert file.tell() == at


@pytest.mark.parametrize("content", [SMALL, BIG], ids=["small", "big"])
def test_a_file_that_can_be_read_only_once_will_do(content: bytes, mock: MockTransport, client: Client) -> None:
    """Even twice in one input, and when the upload has to be tried again."""
    mock.fail("files.create", status=503, times=1)
    pipe = Pipe(content)
    told = client.run("acme/eat", {"images": [pipe, pipe]})
    assert {line.rpartition(" ")[2] for line in told} == {hashlib.sha256(content).hexdigest()}
    assert len(contents(mock)) == (content is BIG)


def test_addresses_are_sent_as_they_are(mock: MockTransport, client: Client) -> None:
    """And so is every other text: none is taken for a path, though there be such a file."""
    texts = {"text": __file__, "more": [URL, "data:text/plain,hi", "cat.png", "~"]}
    client.run("acme/eat", texts)
    assert sent(mock) == (texts, [])


def test_an_output_is_the_next_input(mock: MockTransport, client: Client) -> None:
    """As the address that it is, without being downloaded or uploaded."""
    mock.model("acme/painter")(lambda: BIG)
    picture = client.run("acme/painter")
    assert client.run("acme/eat", {"image": picture}) == [eaten("output.bin", BIG)]
    assert {made.operation for made in mock.requests} == {"models.predictions.create", "predictions.get"}


def test_the_same_content_is_uploaded_once(mock: MockTransport, client: Client, tmp_path: Path) -> None:
    """Whether it is the same path, the same bytes, the same object or a file of the same content (defect V18)."""
    path = written(tmp_path / "cat.png", BIG)
    memory = io.BytesIO(BIG)
    with opened(path, BIG) as file:
        images = [path, Path(str(path)), file, BIG, bytes(bytearray(BIG)), memory, memory, bytearray(BIG)]
        told = client.run("acme/eat", {"image": path, "images": images})
    assert told == [eaten("cat.png", BIG)] * 4 + [eaten("file.png", BIG)] * 5
    assert [name for name, _, _ in contents(mock)] == ["cat.png", "file.png"]


def test_files_of_one_size_are_not_taken_for_one(client: Client) -> None:
    """What they hold is compared."""
    first, second = os.urandom(INLINE + 1), os.urandom(INLINE + 1)
    told = client.run("acme/eat", {"images": [first, second, io.BytesIO(first)]})
    assert told == [eaten("file.bin", first), eaten("file.bin", second), eaten("file.bin", first)]


def test_where_nothing_is_uploaded_every_file_stands_in_the_input(cog_url: str) -> None:
    """A Cog server takes data URLs of any size, so that a program for the service runs on it unchanged."""
    with Client(transport=CogTransport(cog_url, model="acme/reader")) as client:
        told = client.run("acme/reader", {"text": BIG})
        assert told == f"data:image/png;base64,{base64.b64encode(BIG).decode()}".upper()
        with pytest.raises(NotSupportedError, match="POST /files"):
            client.files.create(BIG)
