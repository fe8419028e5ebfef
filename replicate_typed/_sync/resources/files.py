# Made by scripts/unasync.py from replicate_typed/_async/resources/files.py; do not edit.
"""Files: uploads that inputs can name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from replicate_api.api.files.resource import FilesResource
from replicate_typed._sync.uploads import upload
from replicate_typed.concurrency import Blocking
from replicate_typed.sources import source_of

if TYPE_CHECKING:
    from replicate_api.models.file import File
    from replicate_api.types import Sender
    from replicate_typed._sync.session import Session
    from replicate_typed.files import InputFile


class Files(FilesResource):
    """Files: uploads that inputs can name."""

    def __init__(self, sender: Sender, session: Session) -> None:
        super().__init__(sender)
        self._session = session

    def create(
        self,
        file: InputFile,
        *,
        filename: str | None = None,
        type: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> File:
        """The record of a newly uploaded file, whose `urls.get` may stand for it in inputs; it is kept for 24 hours.

        Files in inputs need no call of this: `run` and its kin upload them.

        Args:
            file: A path (`pathlib.Path`; a str is none), bytes, or a file opened in binary mode, which is read from
                where it stands, and left there; 100 MB at most. It is read as it is sent, never as a whole.
            filename: Its name, of 255 bytes of UTF-8 at most; else that of the file.
            type: Its media type; else the one that goes with its name or, without one, with its first bytes.
            metadata: Anything you want to find in the file's record again.

        An upload whose answer was lost is sent again: there may then be two of it, for a day, at no cost. Its time-out
        grows with its size.

        Raises:
            ValueError, TypeError: There is no such file, it cannot be read, or is too large; nothing was sent.

        Operation `files.create`.
        """
        with self._session.clock.participant():
            source = Blocking(source_of, "file", file, filename=filename, media_type=type)
            try:
                return upload(self._session, source, None, metadata=metadata)
            finally:
                source.close()
