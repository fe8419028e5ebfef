"""The files that a model's output names: which of its strings they are, and what can be done with one."""

from __future__ import annotations

import base64
import mimetypes
import os
import re
from collections.abc import AsyncGenerator, Generator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, TypeAlias, cast
from urllib.parse import unquote, urljoin, urlsplit

from replicate_typed.errors import APIStatusError, NotFoundError
from replicate_typed.foreign import foreign_get, shown
from replicate_typed.partial_files import safe_name

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Response

    from replicate_api.types import Operation
    from replicate_typed._async.session import AsyncSession
    from replicate_typed._sync.session import Session

AnySession: TypeAlias = "AsyncSession | Session"

DELIVERY = "replicate.delivery"
MOST_DEPTH = 200
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ADDRESS = re.compile(r"https?://[!-~]+")
_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)(?:;[\w.+-]+=[\w.+-]+)*;base64,([A-Za-z0-9+/]*={0,2})", re.ASCII)
_SERVED = re.compile(r"/xezq/[^/]+/[^/]+|/v1/files/[^/]+/download")
_DOWNLOADS = {"async": "replicate_typed._async.downloads", "sync": "replicate_typed._sync.downloads"}


class OutputFile(str):
    """A file that a model made: its address, and the way to its content.

    It is a `str`, the URL itself: equal to it, JSON, and good as an input of the next run. Nothing is downloaded
    before it is asked for. Downloads go without the API token, through the transport of the client that ran the
    model; they are for both colours, as far as that transport is. An address that holds its content, a data URL, needs
    no transport. One that was pickled, or made by hand with `OutputFile(url)`, has a client set up by the environment.

    The service keeps output files for an hour after the end of the run.
    """

    __slots__ = ("_session",)
    _session: AnySession | None

    def __new__(cls, url: str, session: AnySession | None = None) -> Self:
        made = super().__new__(cls, url)
        made._session = session
        return made

    @property
    def url(self) -> str:
        """The address, as a plain str."""
        return str(self)

    @property
    def name(self) -> str:
        """The file's name, as far as its address has one; it is safe to be used in any directory."""
        if self.startswith("data:"):
            return f"output{mimetypes.guess_extension(self.media_type or '', strict=False) or ''}"
        return safe_name(unquote(_path_of(self).rpartition("/")[2])) or "output"

    @property
    def media_type(self) -> str | None:
        """The media type that goes with the name, or that a data URL says."""
        if self.startswith("data:"):
            return re.split("[;,]", self[5:200])[0] or None
        return mimetypes.guess_type(_path_of(self), strict=False)[0]

    def read(self, *, timeout: float | None = None) -> bytes:
        """The content, in memory.

        Args:
            timeout: Seconds for the whole download; without one it may go on as long as bytes keep coming.

        Raises:
            NotFoundError: It is not kept any more.
            APIConnectionError: The connection broke, or time was up; it was tried again as often as `retries=` says.
            APIStatusError: Another refusal, or redirects that are too many, or not to https.
            TypeError: It came from an AsyncClient whose transport is async alone: await `aread()`.
            ValueError: It is no https:// address.
        """
        content: bytes = self._downloads("read").read(self._session, self, timeout)
        return content

    def iter_bytes(self, *, timeout: float | None = None) -> Generator[bytes]:
        """The content as it arrives; as `read`, but what breaks off in the middle is not tried again."""
        chunks: Generator[bytes] = self._downloads("iter_bytes").chunks(self._session, self, timeout)
        return chunks

    def save(self, path: str | os.PathLike[str], *, timeout: float | None = None) -> Path:
        """Save it, and give the path of the file; as `read`, but never as a whole in memory.

        The file is there once it is complete; of a download that fails, nothing is left.

        Args:
            path: The file; one that is there is replaced. In a directory, it is called by its own `name`; should that
                be taken, with a number added to it.
            timeout: Seconds for the whole download; without one it may go on as long as bytes keep coming.

        Raises:
            ReplicateError: It cannot be written.
        """
        saved: Path = self._downloads("save").save(self._session, self, path, self.name, timeout)
        return saved

    async def aread(self, *, timeout: float | None = None) -> bytes:
        """`read`, to be awaited."""
        content: bytes = await self._adownloads("read").read(self._session, self, timeout)
        return content

    def aiter_bytes(self, *, timeout: float | None = None) -> AsyncGenerator[bytes]:
        """`iter_bytes`, for `async for`."""
        chunks: AsyncGenerator[bytes] = self._adownloads("iter_bytes").chunks(self._session, self, timeout)
        return chunks

    async def asave(self, path: str | os.PathLike[str], *, timeout: float | None = None) -> Path:
        """`save`, to be awaited."""
        saved: Path = await self._adownloads("save").save(self._session, self, path, self.name, timeout)
        return saved

    def __repr__(self) -> str:
        shown = str(self) if len(self) <= 200 else f"{self[:60]}…{self[-20:]}"
        return f"{type(self).__name__}({shown!r})"

    def _repr_html_(self) -> str | None:
        """What a notebook shows of a picture. No `_repr_mimebundle_`: IPython asks for that in terminals, too."""
        from replicate_typed.pictures import picture

        return picture(self)

    def __reduce__(self) -> tuple[type[OutputFile], tuple[str]]:
        return type(self), (str(self),)

    def __copy__(self) -> OutputFile:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> OutputFile:
        return self

    def _downloads(self, method: str) -> Any:
        return self._home("sync", f"came from an AsyncClient whose transport is async alone: await a{method}()")

    def _adownloads(self, method: str) -> Any:
        return self._home("async", f"came from a Client whose transport cannot be awaited: call {method}()")

    def _home(self, colour: str, refusal: str) -> Any:
        """The functions that download in a colour."""
        home = import_module(_DOWNLOADS[colour])  # by name: it knows this module
        if not (self._session is None or self.startswith("data:") or home.can_carry(self._session)):
            raise TypeError(f"the output file {shown(self)[:100]} {refusal}")
        return home


def with_output_files(output: Any, session: AnySession, base_url: str, depth: int = 0) -> Any:
    """A copy of an output in which addresses of output files are `OutputFile`s."""
    if isinstance(output, str):
        return OutputFile(output, session) if is_output_file(output, base_url) else output
    if depth == MOST_DEPTH:
        return output
    if isinstance(output, dict):
        members = cast("dict[str, Any]", output).items()
        return {name: with_output_files(value, session, base_url, depth + 1) for name, value in members}
    if isinstance(output, list):
        return [with_output_files(item, session, base_url, depth + 1) for item in cast("list[object]", output)]
    return output


def is_output_file(text: str, base_url: str) -> bool:
    """Whether a text is as a whole the address of an output file, and no text that begins like one.

    Such are those of the service's delivery host and the hosts below it; those that the API at `base_url` serves
    itself, if it is one on your desk; signed links to uploaded files; and data URLs.
    """
    if text.startswith("data:"):
        return data_in(text) is not None
    if not text.startswith("http") or not _ADDRESS.fullmatch(text):
        return False
    try:
        address, api = urlsplit(text), urlsplit(base_url)
        host, port = address.hostname or "", address.port
    except ValueError:
        return False
    if "@" in address.netloc:
        return False
    if (address.scheme, address.netloc) == (api.scheme, api.netloc):
        return _SERVED.fullmatch(address.path) is not None
    is_there = host == DELIVERY or host.endswith(f".{DELIVERY}")
    return address.scheme == "https" and is_there and port in {None, 443} and len(address.path) > 1


def data_in(url: str) -> bytes | None:
    """The content that a data URL holds in base64; None if it is no such URL, or not complete."""
    found = _DATA.fullmatch(url)
    if found is None or len(found[2]) % 4:
        return None
    return base64.b64decode(found[2])


def redirected(error: APIStatusError, operation: Operation[Response], base_url: str) -> Operation[Response]:
    """The operation that follows a redirect; raises the error when it leads nowhere that is safe."""
    location = error.headers.get("location")
    if location is None or error.status_code not in REDIRECTS:
        raise download_error(error, operation.path)
    try:
        return foreign_get(operation.id, urljoin(operation.path, location), base_url)
    except ValueError as cause:
        raise _like(APIStatusError, error, f"GET {shown(operation.path)}: not redirected: {cause}") from cause


def download_error(error: APIStatusError, url: str) -> APIStatusError:
    """The error for a file that cannot be had."""
    if 300 <= error.status_code < 400:
        reason = f"redirected more than {MOST_REDIRECTS} times" if "location" in error.headers else "redirected nowhere"
        return _like(APIStatusError, error, f"GET {shown(url)}: {error.status_code}: {reason}")
    if error.status_code in {404, 410}:
        found = _like(NotFoundError, error, str(error))
        found.add_note("output files are kept for an hour after the end of their prediction")
        return found
    return error


def _like(kind: type[APIStatusError], error: APIStatusError, message: str) -> APIStatusError:
    return kind(message, status_code=error.status_code, headers=error.headers, body=error.body)


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
