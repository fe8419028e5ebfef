# Made by scripts/unasync.py from replicate_typed/_async/downloads.py; do not edit.
"""Getting output files: without the token, past a few redirects, and whole or not at all."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from replicate_typed._sync.connection import Connection
from replicate_typed._sync.session import Session
from replicate_typed.concurrency import Blocking
from replicate_typed.errors import APIConnectionError, APIStatusError, APITimeoutError, ClosedClientError
from replicate_typed.foreign import foreign_get, shown
from replicate_typed.output_files import MOST_REDIRECTS, data_in, download_error, redirected
from replicate_typed.pacing import retry_pause
from replicate_typed.partial_files import PartialFile
from replicate_typed.settings import read_settings

if TYPE_CHECKING:
    import httpx

    from replicate_typed.deadlines import Deadline
    from replicate_typed.output_files import AnySession


def can_carry(session: AnySession) -> bool:
    """Whether the transport of a session, of whichever colour, has this colour."""
    return isinstance(session, Session) or hasattr(session.connection.transport, "handle_request")


def read(held: AnySession | None, url: str, timeout: float | None) -> bytes:
    """The content of a file."""
    found: list[bytes] = []

    def write(chunk: bytes) -> None:
        found.append(chunk)

    def restart() -> None:
        found.clear()

    _download(held, url, timeout, write, restart)
    return b"".join(found)


def save(held: AnySession | None, url: str, path: str | os.PathLike[str], name: str, timeout: float | None) -> Path:
    """Where a file is, now that it was saved."""
    with PartialFile(path, name) as partial:
        Blocking(partial.open)

        def write(chunk: bytes) -> None:
            Blocking(partial.write, chunk)

        def restart() -> None:
            Blocking(partial.restart)

        _download(held, url, timeout, write, restart)
        return Blocking(partial.finish)


def chunks(held: AnySession | None, url: str, timeout: float | None) -> Generator[bytes]:
    """The content of a file as it arrives."""
    content = data_in(url)
    if content is not None:
        yield content
        return
    with _session_of(held) as session:
        deadline = session.deadline(timeout)
        with session.clock.participant():
            response = _answer(session, url, deadline)
        with closing(_body(response, url, deadline)) as arriving:
            for chunk in arriving:
                yield chunk


def _download(
    held: AnySession | None,
    url: str,
    timeout: float | None,
    write: Callable[[bytes], None],
    restart: Callable[[], None],
) -> None:
    """Write the content of a file, from the start again when it broke off."""
    content = data_in(url)
    if content is not None:
        write(content)
        return
    with _session_of(held) as session:
        with session.clock.participant():
            deadline = session.deadline(timeout)
            tries = 0
            while True:
                tries += 1
                response = _answer(session, url, deadline)
                try:
                    with closing(_body(response, url, deadline)) as arriving:
                        for chunk in arriving:
                            write(chunk)
                    return
                except APIConnectionError:
                    pause = retry_pause(tries, retry_after=None, chance=random.random())  # noqa: S311 -- not a secret
                    if tries > session.settings.retries or pause >= deadline.remaining:
                        raise
                session.clock.sleep(pause)
                restart()


@contextmanager
def _session_of(held: AnySession | None) -> Generator[Session]:
    """The session that is held, or one of this colour on its transport; without one, one set up by the environment."""
    if held is None:
        connection = Connection(None)
        try:
            yield Session(connection, read_settings())
        finally:
            connection.close()
    elif isinstance(held, Session):
        yield held
    else:
        connection = Connection(cast("Any", held.connection.transport))
        connection.is_closed = held.connection.is_closed
        yield Session(connection, held.settings)


def _answer(session: Session, url: str, deadline: Deadline) -> httpx.Response:
    """The answer that holds a file, its body unread."""
    base_url = session.settings.base_url
    operation = foreign_get("files.output", url, base_url)
    for redirects in range(MOST_REDIRECTS + 1):
        try:
            return session.open(operation, deadline, deadline)
        except ClosedClientError as error:
            error.add_note("read or save output files before their client is closed")
            raise
        except APIStatusError as error:
            if redirects == MOST_REDIRECTS or not 300 <= error.status_code < 400:
                raise download_error(error, url) from error
            operation = redirected(error, operation, base_url)
        except ValueError as cause:  # what httpx cannot read
            if not redirects:
                raise
            raise APIConnectionError(f"GET {shown(url)}: redirected to what is no address: {cause}") from cause
    raise AssertionError


def _body(response: httpx.Response, url: str, deadline: Deadline) -> Generator[bytes]:
    """The bytes of an answer, as many as it said."""
    length = response.headers.get("content-length", "")
    received = 0
    try:
        for chunk in cast("httpx.SyncByteStream", response.stream):
            if deadline.has_passed:
                raise APITimeoutError("it is still arriving")
            received += len(chunk)
            yield chunk
    except APITimeoutError as error:
        if deadline.has_passed:
            raise APITimeoutError(f"GET {shown(url)}: not complete within {deadline.seconds:g} s") from error
        raise
    finally:
        response.close()
    if length.isdecimal() and received != int(length):
        raise APIConnectionError(f"GET {shown(url)}: the connection broke: {received} bytes came of {length}")
