# Made by scripts/unasync.py from replicate_typed/_async/uploads.py; do not edit.
"""Sending files: those of an input before the create that needs them, and single ones."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

from replicate_api.api.files.files_create import files_create
from replicate_typed.concurrency import Blocking
from replicate_typed.errors import APIConnectionError, RunTimeoutError
from replicate_typed.files import MOST_BYTES, MOST_INLINE, has_files, with_files_replaced
from replicate_typed.requests import encode_json
from replicate_typed.sources import Source, sources_of

if TYPE_CHECKING:
    from replicate_api.models.file import File
    from replicate_api.types import Operation, Part
    from replicate_typed._sync.session import Session
    from replicate_typed.deadlines import Deadline

T = TypeVar("T")


def with_files(session: Session, operation: Operation[T], deadline: Deadline) -> Operation[T]:
    """The create with addresses in place of the files in its input; as it is when there are none.

    A small file becomes a data URL, any other is uploaded, and what is there twice is uploaded once. What can be
    found wrong in the request, in this or in any other file, is found before the first upload.
    """
    body = cast("Mapping[str, Any]", operation.body)
    if not has_files(body["input"]):
        return operation
    files: dict[str, object] = {}

    def note(place: str, file: object) -> str:
        files[place] = file
        return ""

    encode_json({**body, "input": with_files_replaced(body["input"], note, "input")})
    with session.clock.participant():
        most_inline = MOST_INLINE if session.connection.stores_files else MOST_BYTES
        sources = Blocking(sources_of, files)
        try:
            urls = Blocking(_inlined, sources, most_inline)
            for source in sources.values():
                if source not in urls:
                    urls[source] = _uploaded(session, source, deadline)
        finally:
            for source in sources.values():
                source.close()
    made = copy.copy(operation)
    made.body = {
        **body,
        "input": with_files_replaced(body["input"], lambda place, _: urls[sources[place]], "input"),
    }
    return made


def upload(
    session: Session, source: Source, deadline: Deadline | None, *, metadata: Mapping[str, Any] | None = None
) -> File:
    """The record of a newly uploaded file.

    It is sent again when the answer was lost, as an upload costs nothing and is gone after a day.
    """
    operation = files_create(cast("IO[bytes]", source), filename=source.name, type=source.media_type, metadata=metadata)
    content = cast("list[Part]", operation.body)[0]
    content.filename, content.content_type = source.name, source.media_type
    operation.is_repeatable = True
    return session.send(operation, deadline)


def _uploaded(session: Session, source: Source, deadline: Deadline) -> str:
    """The address of a newly uploaded file."""
    try:
        return (upload(session, source, deadline)).urls.get
    except APIConnectionError as error:
        if deadline.has_passed:
            message = f"{source} was not uploaded within {deadline.seconds:g} s; nothing was created"
            raise RunTimeoutError(message) from error
        error.add_note(f"while uploading {source}; nothing was created")
        raise
    except BaseException as error:
        error.add_note(f"while uploading {source}; nothing was created")
        raise


def _inlined(sources: Mapping[str, Source], most: int) -> dict[Source, str]:
    """The data URLs of the sources that are small enough."""
    return {source: source.data_url() for source in dict.fromkeys(sources.values()) if source.size <= most}
