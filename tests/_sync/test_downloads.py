# Made by scripts/unasync.py from tests/_async/test_downloads.py; do not edit.
"""Reading and saving output files: of models on the mock service, and over real sockets."""

from __future__ import annotations

import gzip
import os
import pickle
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from predictions import BODY, Scripted
from servers import Behaviour, Server, answer, closes, drips, says, says_and_closes

from replicate_typed import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    Client,
    ClosedClientError,
    MockTransport,
    NotFoundError,
    OutputFile,
    ReplicateError,
    UndecodableResponseError,
    VirtualClock,
)
from replicate_typed.models import Prediction

pytestmark = pytest.mark.anyio

PICTURE = os.urandom(300_000)
URL = "https://replicate.delivery/xezq/abc/out.png"
TOKEN = "r8_secret0123456789"
GOOD = says(answer(200, PICTURE, "image/png"))


class Timeless(httpx.HTTPTransport):
    """The network, with pauses that cost no time."""

    clock = VirtualClock()


@pytest.fixture
def mock(tmp_path: Path) -> MockTransport:
    """A service with a model that gives files, and things that look like them."""
    service = MockTransport()

    @service.model("acme/painter")
    def paint() -> dict[str, Any]:
        picture = tmp_path / "made" / "picture.png"
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(PICTURE)
        return {"pictures": [picture, PICTURE[:5]], "text": "https: the web", "n": 5}

    return service


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def painted(mock: MockTransport) -> Any:
    output = Client(transport=mock).run("acme/painter")
    return output["pictures"][0]


def test_a_run_gives_files_and_asks_for_none(mock: MockTransport) -> None:
    """Neither their content, nor anything else that the run does not need (defect V8, pain 1)."""
    client = Client(transport=mock)
    run = client.submit("acme/painter")
    for output in (client.run("acme/painter"), run.result()):
        assert [type(each) for each in output["pictures"]] == [OutputFile, OutputFile]
        assert (type(output["text"]), output["n"]) == (str, 5)
        assert output["pictures"][0].name == "picture.png"
    assert {made.operation for made in mock.requests} == {"models.predictions.create", "predictions.get"}


def test_the_prediction_itself_holds_plain_json(mock: MockTransport) -> None:
    """So whoever wants plain text has it, from a run as from everything else (defect V13)."""
    client = Client(transport=mock)
    run = client.submit("acme/painter")
    output = run.result()
    given: Any = run.prediction.output
    assert output == given
    assert [type(each) for each in given["pictures"]] == [str, str]
    assert Prediction.from_dict(run.prediction.to_dict()) == run.prediction


def test_a_text_that_begins_like_an_address_stays_text() -> None:
    """As language models write them (defect V5)."""
    texts = ["https:", f"{URL} is it", "data: none", "https://example.com/cat.png", "data:image/png;base64,???"]
    for text in texts:
        service = Scripted({"status": "succeeded", "output": [text, {"a": text}]})
        made, nested = Client(transport=service).run("acme/echo")
        assert (type(made), made, type(nested["a"])) == (str, text, str)


def test_a_file_is_read_saved_and_passed_on_as_it_arrives(mock: MockTransport, tmp_path: Path) -> None:
    """Each time anew."""
    file = painted(mock)
    assert file.read() == PICTURE
    assert b"".join([chunk for chunk in file.iter_bytes()]) == PICTURE
    saved = file.save(tmp_path / "cat.png")
    assert (saved, saved.read_bytes() == PICTURE) == (tmp_path / "cat.png", True)
    named = [file.save(str(tmp_path)), file.save(tmp_path)]
    assert named == [tmp_path / "picture.png", tmp_path / "picture-2.png"]
    assert names_in(tmp_path) == ["cat.png", "made", "picture-2.png", "picture.png"]


def test_a_place_that_is_none_is_refused_before_any_request(mock: MockTransport, tmp_path: Path) -> None:
    """Rather than after a long download."""
    file = painted(mock)
    before = len(mock.requests)
    with pytest.raises(ValueError, match="path: there is no directory"):
        file.save(tmp_path / "no" / "where.png")
    with pytest.raises(ValueError, match="timeout must be"):
        file.save(tmp_path / "a.png", timeout=-1)
    assert len(mock.requests) == before
    assert not (tmp_path / "a.png").exists()


def test_a_data_url_is_read_without_a_request(tmp_path: Path) -> None:
    """It holds its content."""
    service = Scripted({"status": "succeeded", "output": "data:image/png;base64,AP8="})
    file = Client(transport=service).run("acme/echo")
    assert type(file) is OutputFile
    assert file.read() == b"\x00\xff"
    assert (file.save(tmp_path)).name == "output.png"
    assert len(service.paths) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_not_kept_any_more_is_not_found(status: int, mock: MockTransport) -> None:
    """The error says how long files are kept."""
    file = painted(mock)
    mock.clock.sleep(3601) if status == 404 else mock.fail("output_file", status=410)
    with pytest.raises(NotFoundError, match=f"GET https://replicate.delivery/.*: {status}") as caught:
        file.read()
    assert caught.value.status_code == status
    assert caught.value.__notes__ == ["output files are kept for an hour after the end of their prediction"]


def test_a_download_that_breaks_off_begins_anew(mock: MockTransport, tmp_path: Path) -> None:
    """As often as `retries=` says; what had come is not left in front."""
    file = painted(mock)
    for get in (file.read, lambda: file.save(tmp_path / "a.png")):
        mock.truncate("output_file", after=1000, times=2)
        got = get()
        assert (got.read_bytes() if isinstance(got, Path) else got) == PICTURE
        mock.truncate("output_file", after=1000, times=3)
        with pytest.raises(APIConnectionError, match="the connection broke"):
            get()
    mock.truncate("output_file", after=1000)
    with pytest.raises(APIConnectionError):
        assert [chunk for chunk in file.iter_bytes()] == []


def test_a_file_is_read_before_its_client_is_closed(mock: MockTransport) -> None:
    """The error says so."""
    with Client(transport=mock) as client:
        output = client.run("acme/painter")
    with pytest.raises(ClosedClientError) as caught:
        output["pictures"][0].read()
    assert caught.value.__notes__ == ["read or save output files before their client is closed"]


def test_one_made_by_hand_has_a_client_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that was pickled; it needs no token."""
    with Server(GOOD) as server:
        monkeypatch.setenv("REPLICATE_BASE_URL", server.url)
        file = pickle.loads(pickle.dumps(OutputFile(f"{server.url}/xezq/abc/out.png")))
        assert file.read() == PICTURE
        assert b"".join([chunk for chunk in file.iter_bytes()]) == PICTURE
    for url in ("http://example.com/a.png", "file:///etc/passwd", "cat.png", "https://", "data:image/png,x"):
        monkeypatch.delenv("REPLICATE_BASE_URL", raising=False)
        with pytest.raises(ValueError, match="is not an address that starts with https://"):
            OutputFile(url).read()


@contextmanager
def made_at(server: Server, **options: Any) -> Generator[Any]:
    """The file that a model made whose service is the server; it has answered one request then."""
    options = {"retries": 0, "timeout": 10, **options}
    with Client(token=TOKEN, base_url=server.url, headers={"X-Company": "acme"}, **options) as client:
        yield client.run("acme/painter")


def ended(url: str) -> Behaviour:
    """Answers a create with a prediction that has ended."""
    return lambda peer: peer.send(answer(201, BODY | {"status": "succeeded", "output": url}))


def painter(*behaviours: Behaviour) -> Server:
    """A service whose model makes one file, at which those behaviours are met."""
    server = Server(lambda peer: ended(f"{server.url}/xezq/abc/out.png")(peer), *behaviours)
    return server


def test_the_token_goes_to_no_host_that_an_output_names() -> None:
    """Nor do other headers of the client; a foreign address is no file, and nothing is asked for (defect V4)."""
    with Server(GOOD) as thief, painter(GOOD) as server:
        with made_at(server) as file:
            assert file.read() == PICTURE
            by_hand = OutputFile(f"{thief.url}/out.png", file._session)
            assert by_hand.read() == PICTURE
        with Server(ended(f"{thief.url}/xezq/abc/out.png")) as lured:
            with made_at(lured) as foreign:
                assert type(foreign) is str
        asked = [server.requests[1], *thief.requests]
        assert server.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert [request.method for request in asked] == ["GET", "GET"]
    for request in asked:
        assert not {"authorization", "x-company", "cookie"} & set(request.headers)
        assert TOKEN not in str(request)
        assert request.headers["accept-encoding"] == "identity"


def redirects(to: str, status: int = 302) -> Behaviour:
    return says(answer(status, b"moved", headers={"Location": to}))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_without_the_token(status: int) -> None:
    """To another host, or below the same one."""
    with (
        Server(redirects("/c/final.png?x=1", status), GOOD) as other,
        painter(redirects(f"{other.url}/b.png", status)) as server,
    ):
        with made_at(server) as file:
            assert file.read() == PICTURE
        assert [request.target for request in other.requests] == ["/b.png", "/c/final.png?x=1"]
        assert not [request for request in [*other.requests, server.requests[1]] if "authorization" in request.headers]


def test_redirects_are_followed_five_times_at_most() -> None:
    """One that leads in a circle comes to an end."""
    with painter(redirects("/xezq/abc/out.png")) as server:
        with made_at(server) as file:
            with pytest.raises(APIStatusError, match="redirected more than 5 times") as caught:
                file.read()
        assert caught.value.status_code == 302
        assert len(server.requests) == 1 + 6
    with painter(*[redirects("/xezq/abc/out.png")] * 5, GOOD) as server:
        with made_at(server) as file:
            assert file.read() == PICTURE


@pytest.mark.parametrize("to", ["http://127.0.0.1:1/a.png", "ftp://a/b", "file:///etc/passwd", "//[::1"])
def test_a_redirect_that_is_not_to_https_is_not_followed(to: str) -> None:
    """Nothing is asked there; the error says where it would have led."""
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"location": to})

    with Client(transport=httpx.MockTransport(handle)) as client:
        with pytest.raises(APIStatusError, match=f"GET {URL}: not redirected: .*") as caught:
            OutputFile(URL, client._session).read()  # pyright: ignore[reportPrivateUsage] -- as runs make them
    assert caught.value.headers["location"] == to
    assert asked == [URL]


def test_a_redirect_to_no_address_is_an_error_of_ours() -> None:
    """Some are read by one library, and refused by another."""
    with painter(redirects("http://256.1.1.1/a.png")) as server:
        with made_at(server) as file:
            with pytest.raises(APIConnectionError, match="redirected to what is no address"):
                file.read()


def test_a_redirect_to_nowhere_is_an_error() -> None:
    """As is any other answer that has no file."""
    with painter(says(answer(302, b"")), says(answer(304, b"")), says(answer(403, b"no"))) as server:
        with made_at(server) as file:
            for message in ("302: redirected nowhere", "304: redirected nowhere", "403 Forbidden: no"):
                with pytest.raises(APIStatusError, match=message):
                    file.read()


BROKEN: dict[str, tuple[Behaviour, type[ReplicateError], str]] = {
    "too short": (says_and_closes(answer(200, b"abc", "image/png", length=10)), APIConnectionError, "connection broke"),
    "no answer": (closes, APIConnectionError, "connection broke"),
    "silent": (says(answer(200, b"abc", "image/png", length=10)), APITimeoutError, "no answer in time"),
    "encoded": (
        says(answer(200, gzip.compress(PICTURE), "image/png", headers={"Content-Encoding": "gzip"})),
        UndecodableResponseError,
        "asked for the bytes as they are, but they came encoded",
    ),
    "failing": (says(answer(500, b"oops")), APIStatusError, "500"),
}


@pytest.mark.parametrize(("behaviour", "kind", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_is_had_as_a_whole_or_not_at_all(
    behaviour: Behaviour, kind: type[ReplicateError], message: str, tmp_path: Path
) -> None:
    """Nothing is left where it was to be saved, and what was there before stays (defect V14)."""
    (tmp_path / "old.png").write_bytes(b"old")
    with painter(behaviour) as server:
        with made_at(server, timeout=0.5 if kind is APITimeoutError else 10) as file:
            for get in (file.read, lambda: file.save(tmp_path / "old.png"), lambda: file.save(tmp_path)):
                with pytest.raises(kind, match=message):
                    get()
    assert names_in(tmp_path) == ["old.png"]
    assert (tmp_path / "old.png").read_bytes() == b"old"


def test_over_the_network_too_a_download_begins_anew() -> None:
    """After a pause."""
    broken = says_and_closes(answer(200, PICTURE[:1000], "image/png", length=len(PICTURE)))
    with painter(broken, says(answer(503, b"")), broken, GOOD) as server:
        with made_at(server, retries=2, transport=Timeless()) as file:
            assert file.read() == PICTURE
        assert len(server.requests) == 1 + 4


def test_more_bytes_than_announced_are_an_error() -> None:
    """Transports that are not httpx's do not look."""

    class Longer(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"abc"
            yield b"defghijk"

    transport = httpx.MockTransport(
        lambda request: httpx.Response(200, headers={"content-length": "10"}, stream=Longer())
    )
    with Client(transport=transport, retries=0) as client:
        file = OutputFile(URL, client._session)  # pyright: ignore[reportPrivateUsage] -- as runs make them
        with pytest.raises(APIConnectionError, match=r"the connection broke: 11 bytes came of 10$"):
            file.read()


def test_what_a_transport_has_unpacked_is_as_long_as_it_is() -> None:
    """One in memory may have read an answer that came packed, with the length that it had then."""
    packed = gzip.compress(PICTURE)
    transport = httpx.MockTransport(
        lambda request: httpx.Response(200, headers={"content-encoding": "gzip"}, content=packed)
    )
    with Client(transport=transport) as client:
        assert OutputFile(URL, client._session).read() == PICTURE  # pyright: ignore[reportPrivateUsage]


def test_a_file_that_drips_for_ever_meets_the_deadline(tmp_path: Path) -> None:
    """`timeout=` is for the whole download, where the client's is for its silences alone."""
    with painter(drips(answer(200, b"a", "image/png", length=10**6), b"b", every=0.02)) as server:
        with made_at(server, retries=2) as file:
            with pytest.raises(APITimeoutError, match=r"/xezq/abc/out\.png: not complete within 0\.5 s"):
                file.read(timeout=0.5)
            with pytest.raises(APITimeoutError, match=r"not complete within 0\.4 s"):
                file.save(tmp_path, timeout=0.4)
    assert names_in(tmp_path) == []


def test_a_large_file_is_never_held_as_a_whole(tmp_path: Path) -> None:
    """It goes to the disk as it comes."""
    chunk = bytes(2**20)
    written: list[int] = []

    class Large(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for _ in range(90):
                (partial,) = names_in(tmp_path)
                written.append((tmp_path / partial).stat().st_size)
                yield chunk

    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Large()))
    with Client(transport=transport) as client:
        file = OutputFile(URL, client._session)  # pyright: ignore[reportPrivateUsage] -- as runs make them
        saved = file.save(tmp_path / "large.bin")
    assert written == [number * 2**20 for number in range(90)]
    assert saved.stat().st_size == 90 * 2**20


def test_ctrl_c_leaves_nothing_of_a_download(tmp_path: Path) -> None:
    """Neither half a file nor a temporary one."""
    seen: list[list[str]] = []

    class Interrupted(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield PICTURE
            seen.append(names_in(tmp_path))
            raise KeyboardInterrupt

    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Interrupted()))
    with Client(transport=transport) as client:
        file = OutputFile(URL, client._session)  # pyright: ignore[reportPrivateUsage] -- as runs make them
        with pytest.raises(KeyboardInterrupt):
            file.save(tmp_path)
    assert len(seen[0]) == 1
    assert names_in(tmp_path) == []


def test_the_connection_of_a_file_is_given_back() -> None:
    """Also when nobody reads on."""
    with painter(GOOD) as server:
        one = httpx.HTTPTransport(limits=httpx.Limits(max_connections=1))
        with made_at(server, transport=one) as file:
            for _ in range(3):
                with closing(file.iter_bytes()) as chunks:
                    assert chunks.__next__()
                assert file.read() == PICTURE
