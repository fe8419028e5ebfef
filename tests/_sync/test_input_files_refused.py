# Made by scripts/unasync.py from tests/_async/test_input_files_refused.py; do not edit.
"""Files in inputs that cannot be sent, and uploads that fail: nothing is created, so nothing is paid for."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from eating import BIG, INLINE, SMALL, Pipe, contents, eaten, eating_service, opened, written
from servers import Server, closes, drips

from replicate_typed import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    Client,
    MockTransport,
    RunTimeoutError,
    UndecodableResponseError,
    sources,
)

pytestmark = pytest.mark.anyio
mock = pytest.fixture(eating_service)

URL = "https://example.com/cat.png"


@pytest.fixture
def client(mock: MockTransport) -> Client:
    return Client(transport=mock)


def closed() -> io.BytesIO:
    file = io.BytesIO(b"x")
    file.close()
    return file


class Unreadable(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raise OSError(5, "Input/output error")


WRONG: list[tuple[Callable[[Path], Any], type[Exception], str]] = [
    (lambda folder: folder / "none.png", ValueError, r"there is no file '.*none\.png'$"),
    (lambda folder: folder / "cat.png" / "a", ValueError, r"there is no file '.*cat\.png/a'$"),
    (lambda folder: folder / ("x" * 300), ValueError, "cannot be read: File name too long"),
    (lambda folder: folder / "a\0b", ValueError, "cannot be read: (stat: )?embedded null"),
    (lambda folder: folder, ValueError, "' is a directory$"),
    (lambda folder: Path(os.devnull), ValueError, "'/dev/null' is no regular file: open it, and give the open file$"),
    (lambda folder: folder / "huge.bin", ValueError, r"the file 'huge\.bin' is larger than the 100 MB that can be"),
    (lambda folder: bytes(100 * 2**20 + 1), ValueError, "the file is larger than"),
    (lambda folder: Pipe(bytes(101 * 2**20)), ValueError, "the file is larger than"),
    (lambda folder: closed(), ValueError, "cannot be read: I/O operation on closed file"),
    (lambda folder: Unreadable(), ValueError, "cannot be read: .*Input/output error"),
    (lambda folder: io.StringIO("x"), TypeError, "expected a path, bytes or a file .* binary mode, got StringIO$"),
    (lambda folder: {"x"}, TypeError, "set is not JSON"),
    (lambda folder: float("nan"), ValueError, "nan is not JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "kind", "message"), WRONG, ids=[message[:30] for _, _, message in WRONG])
def test_what_cannot_be_sent_is_refused_before_anything_is(
    make: Callable[[Path], Any],
    kind: type[Exception],
    message: str,
    mock: MockTransport,
    client: Client,
    tmp_path: Path,
) -> None:
    """By its place in the input; no other file has been uploaded by then (pain 14)."""
    written(tmp_path / "cat.png", SMALL)
    os.truncate(written(tmp_path / "huge.bin", b""), 100 * 2**20 + 1)
    value = make(tmp_path)
    given = {"image": BIG, "images": [URL, BIG, (value,)]}
    with pytest.raises(kind, match=rf"^input\.images\[2\]\[0\]: .*{message}") as caught:
        client.run("acme/eat", given)
    assert type(caught.value) is kind
    if not isinstance(value, (set, float)):
        with pytest.raises(kind, match=rf"^file: .*{message}"):
            client.files.create(make(tmp_path))
    assert mock.requests == []


def test_a_file_that_may_not_be_read_is_refused(
    mock: MockTransport, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is sent."""
    path = written(tmp_path / "cat.png", BIG)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sources, "open", refuse, raising=False)  # those who run tests may read everything
    with pytest.raises(ValueError, match=r"^input\.image: the file '.*' cannot be read: Permission denied"):
        client.run("acme/eat", {"images": [BIG], "image": path})
    assert mock.requests == []


def test_other_bad_input_is_refused_before_any_upload(mock: MockTransport, client: Client) -> None:
    """Whatever it is."""
    calls: list[Callable[[], Any]] = [
        lambda: client.run("acme/eat", {"image": BIG}, hold=99),
        lambda: client.run("acme", {"image": BIG}),
        lambda: client.run("acme/eat", {"image": BIG}, webhook_events_filter=cast("Any", ["often"])),
        lambda: client.run("acme/eat", {"image": BIG}, timeout=-1),
    ]
    for call in calls:
        with pytest.raises((ValueError, TypeError)):
            call()
    assert mock.requests == []


def test_an_upload_is_tried_again_and_sends_the_same(mock: MockTransport, client: Client, tmp_path: Path) -> None:
    """As it costs nothing; from where the file stood."""
    mock.fail("files.create", status=500, times=1)
    with opened(tmp_path / "a", b"skipped" + BIG) as file:
        file.seek(7)
        assert client.run("acme/eat", {"image": file}) == [eaten("a", BIG)]
        mock.fail("files.create", status=500, times=1)
        assert (client.files.create(file)).size == len(BIG)
    assert len([made for made in mock.requests if made.operation == "files.create"]) == 4
    assert len(contents(mock)) == 2
    mock.assert_called("predictions.create", times=1)


def test_an_upload_that_fails_says_which_and_creates_nothing(mock: MockTransport, client: Client) -> None:
    """So nothing is paid for."""
    mock.fail("files.create", status=413)
    with pytest.raises(APIStatusError) as caught:
        client.run("acme/eat", {"images": [SMALL, BIG]})
    assert caught.value.__notes__ == ["while uploading input.images[1] (file.png, 293.2 KB); nothing was created"]
    mock.assert_called("predictions.create", times=0)


def test_an_answer_that_is_no_file_creates_nothing(mock: MockTransport) -> None:
    """It has no address to go on with."""
    transport = httpx.MockTransport(lambda request: httpx.Response(201, json={"id": "abc"}))
    with Client(transport=transport) as client:
        with pytest.raises(UndecodableResponseError, match="POST /files: "):
            client.run("acme/eat", {"image": BIG})


def test_time_for_uploads_is_time_of_the_run(mock: MockTransport, client: Client) -> None:
    """`timeout=` is for all of it; nothing was created, and the error says so."""
    mock.delay(50, "files.create")
    mock.disconnect("files.create", times=None)
    with pytest.raises(
        RunTimeoutError, match=r"input\.image \(file\.png, 293\.2 KB\) was not uploaded within 30 s"
    ) as e:
        client.run("acme/eat", {"image": BIG}, timeout=30)
    assert e.value.prediction is None
    mock.assert_called("predictions.create", times=0)


def test_an_upload_that_is_not_answered_in_time_is_a_timeout() -> None:
    """Of the client's `timeout=`."""
    with Server(drips(b"HTTP/1.1 201")) as server:
        with Client(token="r8_secret", base_url=server.url, timeout=0.2, retries=0) as client:
            with pytest.raises(APITimeoutError):
                client.files.create(SMALL)
            with pytest.raises(RunTimeoutError, match=r"was not uploaded within 0\.1 s; nothing was created"):
                client.run("acme/eat", {"image": b"x" * (INLINE + 1)}, timeout=0.1)


def test_a_file_that_changes_while_it_is_sent_is_an_error(tmp_path: Path) -> None:
    """One that has become shorter, or is gone; not a broken connection that would be tried again."""
    path = written(tmp_path / "a.png", BIG)

    class Shortening(httpx.BaseTransport):
        requires_token = False

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            path.write_bytes(b"")
            request.read()
            raise AssertionError

    client = Client(transport=Shortening())
    with pytest.raises(ValueError, match=r"content: the file ended after 0 bytes; it had \d+ before") as caught:
        client.run("acme/eat", {"image": path})
    assert caught.value.__notes__[0].startswith("while uploading input.image (a.png, ")


def test_without_a_service_to_reach_nothing_is_created(tmp_path: Path) -> None:
    """And the error is the usual one, with the file that it was about."""
    with Server(closes) as server:
        with Client(token="r8_secret", base_url=server.url, retries=0) as client:
            with pytest.raises(APIConnectionError) as caught:
                client.run("acme/eat", {"image": written(tmp_path / "a.png", BIG)})
        assert [request.target for request in server.requests] == ["/v1/files"]
    assert "while uploading input.image (a.png, " in caught.value.__notes__[0]
