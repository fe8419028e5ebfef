"""Which strings of an output are files, and what such a file is without being downloaded."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st

from replicate_typed import (
    AsyncClient,
    AsyncHTTPTransport,
    Client,
    ClosedClientError,
    HTTPTransport,
    MockTransport,
    OutputFile,
)
from replicate_typed.output_files import data_in, is_output_file, with_output_files
from replicate_typed.settings import API_URL

URL = "https://replicate.delivery/xezq/abc/out-0.png"
SESSION: Any = None

FILES = [
    URL,
    "https://tjzk.replicate.delivery/models_models_model/a/video.mp4?x=1#t=5",
    "https://replicate.delivery:443/pbxt/a%20b.png",
    "https://REPLICATE.delivery/a.png",
    "data:image/png;base64,iVBORw0KGgo=",
    "data:text/plain;charset=utf-8;base64,aGk=",
    "data:image/svg+xml;base64,",
]
TEXTS = [
    "https:",
    "https: the protocol of the web",
    "https://",
    "https://replicate.delivery",
    "https://replicate.delivery/",
    f"{URL} is your picture",
    f"{URL}\n",
    f" {URL}",
    f"{URL}\u2028",
    f"{URL},{URL} ",
    "https://replicate.delivery.evil.com/a.png",
    "https://evilreplicate.delivery/a.png",
    "https://replicate.delivery@evil.com/a.png",
    "https://user:word@replicate.delivery/a.png",
    "https://evil.com/https://replicate.delivery/a.png",
    "https://evil.com/a.png",
    "https://[::1/a.png",
    "https://replicate.delivery:99999/a.png",
    "https://replicate.delivery:8443/a.png",
    "http://replicate.delivery/a.png",
    "HTTPS",
    "https://api.replicate.com/v1/files/abc",
    "https://api.replicate.com/v1/predictions/abc",
    "https://replicate.com/p/abc",
    "https://stream.replicate.com/v1/files/abc",
    "data:",
    "data: 5 samples; 3 labels",
    "data:image/png;base64,not base64!",
    "data:image/png;base64,iVBORw0KGgo",
    "data:image/png;base64,iVBO=w0KGgo=",
    "data:image/png;base64,iVBORw0KGgo=\n",
    "data:;base64,aGk=",
    "data:text/plain,hello",
    "",
    "out.png",
]


@pytest.mark.parametrize("text", FILES)
def test_an_address_of_a_file_is_one(text: str) -> None:
    """As a whole: of the delivery host or one below it, or with its content in it."""
    assert is_output_file(text, API_URL)


@pytest.mark.parametrize("text", TEXTS)
def test_any_other_text_stays_a_plain_str(text: str) -> None:
    """Also one that begins like an address, as texts of language models do (defect V5)."""
    (made,) = with_output_files([text], SESSION, API_URL)
    assert type(made) is str
    assert made == text


@given(
    st.sampled_from(["https:", "data:", "https://replicate.delivery", "data:image/png;base64,"]), st.text(min_size=1)
)
def test_a_text_that_goes_on_in_words_stays_a_plain_str(begin: str, words: str) -> None:
    """Whatever they are (defect V5)."""
    assert not is_output_file(f"{begin} {words}", API_URL)
    assert not is_output_file(f"{words} {begin}", API_URL)


@pytest.mark.parametrize(
    ("url", "base_url", "expected"),
    [
        ("http://localhost:8000/xezq/abc/out.png", "http://localhost:8000/v1", True),
        ("http://localhost:8000/v1/files/abc/download?owner=a&expiry=1&signature=b", "http://localhost:8000/v1", True),
        ("https://api.replicate.com/v1/files/abc/download?owner=a&expiry=1&signature=b", API_URL, True),
        ("http://localhost:8000/v1/files/abc", "http://localhost:8000/v1", False),
        ("http://localhost:8000/v1/predictions/abc", "http://localhost:8000/v1", False),
        ("http://localhost:8001/xezq/abc/out.png", "http://localhost:8000/v1", False),
        ("http://localhost:8000/xezq/abc/out.png", API_URL, False),
        (URL, "http://localhost:8000/v1", True),
    ],
)
def test_an_api_on_your_desk_serves_its_files_itself(url: str, base_url: str, expected: bool) -> None:
    """The record of an upload is not its content, and the API gives no other files."""
    assert is_output_file(url, base_url) is expected


def test_files_are_found_anywhere_in_an_output_which_stays_as_it_was() -> None:
    """`prediction.output` is the service's JSON, and no file appears in it."""
    output: dict[str, Any] = {"images": [URL, "text"], "more": {"mask": URL, "n": 5, "none": None}, URL: True}
    made = with_output_files(output, SESSION, API_URL)
    assert made == output
    assert [type(each) for each in made["images"]] == [OutputFile, str]
    assert type(made["more"]["mask"]) is OutputFile
    assert [type(each) for each in (*output["images"], *output)] == [str] * 5
    assert type(with_output_files(URL, SESSION, API_URL)) is OutputFile


def test_an_output_may_be_nested_deeply() -> None:
    """What is deeper than any output of use is left as it is."""
    output: Any = [URL]
    for _ in range(900):
        output = [output]
    assert with_output_files(output, SESSION, API_URL) == output


def test_it_is_the_url() -> None:
    """Equal to it, and good wherever a str is (pain 1)."""
    file = OutputFile(URL)
    assert (file, hash(file), str(file), f"{file}") == (URL, hash(URL), URL, URL)
    assert type(file.url) is str
    assert {URL: 1}[file] == 1
    assert json.dumps({"output": [file]}) == json.dumps({"output": [URL]})
    assert json.dumps([file], indent=1) == json.dumps([URL], indent=1)
    assert repr(file) == f"OutputFile('{URL}')"


def test_a_long_one_has_a_short_repr() -> None:
    """As data URLs have; `print` shows it all."""
    file = OutputFile(f"data:image/png;base64,{'A' * 100_000}")
    assert len(repr(file)) < 100
    assert repr(file).startswith("OutputFile('data:image/png;base64,AAA")
    assert len(str(file)) == len(file)


def test_it_can_be_copied_and_pickled() -> None:
    """A copy keeps its client, which a pickle does not hold: not its token, nor anything else of it."""
    client = Client(token="r8_secret", transport=HTTPTransport())
    (file,) = with_output_files([URL], client._session, API_URL)  # pyright: ignore[reportPrivateUsage]
    for made in (copy.copy(file), copy.deepcopy([file])[0]):
        assert made._session is client._session  # pyright: ignore[reportPrivateUsage]
    pickled = pickle.dumps(file)
    assert b"secret" not in pickled
    again = pickle.loads(pickled)
    assert type(again) is OutputFile
    assert again == URL


@pytest.mark.parametrize(
    ("url", "name", "media_type"),
    [
        (URL, "out-0.png", "image/png"),
        ("https://replicate.delivery/a/cat%20%C3%A9.mp4?x=/b.png", "cat é.mp4", "video/mp4"),
        ("https://replicate.delivery/a/..%2F..%2Fetc%2Fpasswd", "passwd", None),
        ("https://replicate.delivery/a/con.png", "_con.png", "image/png"),
        ("https://replicate.delivery/a/", "output", None),
        ("https://replicate.delivery/a/%00", "_", None),
        ("https://[::1/a.png", "output", None),
        ("data:image/png;base64,aGk=", "output.png", "image/png"),
        ("data:x/y;base64,aGk=", "output", "x/y"),
    ],
)
def test_it_has_a_name_and_a_type(url: str, name: str, media_type: str | None) -> None:
    """Out of its address; a name that is safe in any directory."""
    assert (OutputFile(url).name, OutputFile(url).media_type) == (name, media_type)


def test_a_data_url_is_read_back() -> None:
    """If it is complete."""
    assert data_in("data:image/png;base64,AP8=") == b"\x00\xff"
    assert data_in("data:image/png;base64,AP8") is None


def of(client: Client | AsyncClient, url: str = URL) -> OutputFile:
    file: OutputFile = with_output_files(url, client._session, API_URL)  # pyright: ignore[reportPrivateUsage]
    return file


@pytest.mark.parametrize("transport", [AsyncHTTPTransport(), httpx.AsyncHTTPTransport()])
def test_a_file_of_an_async_client_says_which_method_to_await(transport: Any) -> None:
    """If its transport is async alone."""
    file = of(AsyncClient(token="r8_secret", transport=transport))
    for method in ("read", "iter_bytes"):
        with pytest.raises(TypeError, match=rf"{URL} came from an AsyncClient .* await a{method}\(\)"):
            getattr(file, method)()
    with pytest.raises(TypeError, match=r"await asave\(\)"):
        file.save("a.png")


@pytest.mark.anyio
async def test_a_file_of_a_client_says_which_method_to_call() -> None:
    """If its transport is sync alone."""
    file = of(Client(token="r8_secret", transport=HTTPTransport()))
    for call in (file.aread, file.aiter_bytes):
        with pytest.raises(TypeError, match=rf"{URL} came from a Client .* call {call.__name__[1:]}\(\)"):
            await call()  # type: ignore[misc]  # an iterator, once it is made
    with pytest.raises(TypeError, match=r"call save\(\)"):
        await file.asave("a.png")


@pytest.mark.anyio
async def test_the_mock_is_for_both_colours_whoever_ran_the_model() -> None:
    """As any transport that has both."""
    mock = MockTransport()
    mock.model("acme/painter")(lambda: b"picture")
    sync: str = Client(transport=mock).run("acme/painter")
    other = await AsyncClient(transport=mock).run("acme/painter")
    for file in (sync, other):
        assert isinstance(file, OutputFile)
        assert file.read() == await file.aread() == b"".join(file.iter_bytes()) == b"picture"
        assert b"".join([chunk async for chunk in file.aiter_bytes()]) == b"picture"


@pytest.mark.anyio
async def test_a_closed_client_is_closed_for_both_colours() -> None:
    """Though its transport is of both."""
    mock = MockTransport()
    mock.model("acme/painter")(lambda: b"picture")
    async with AsyncClient(transport=mock) as client:
        file: Any = await client.run("acme/painter")
    with pytest.raises(ClosedClientError):
        file.read()


@pytest.mark.anyio
async def test_a_data_url_needs_no_transport_of_any_colour() -> None:
    """Nothing is asked for."""
    url = "data:image/png;base64,AP8="
    for client in (AsyncClient(transport=AsyncHTTPTransport()), Client(transport=HTTPTransport())):
        file = of(client, url)
        assert file.read() == await file.aread() == b"".join(file.iter_bytes()) == b"\x00\xff"
