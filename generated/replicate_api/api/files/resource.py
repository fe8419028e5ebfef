# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .files_delete import files_delete
from .files_download import files_download
from .files_get import files_get
from .files_list import files_list

if TYPE_CHECKING:
    from ...models.file import File
    from ...models.file_page import FilePage
    from ...types import AsyncSender, BinaryResponse, HasId, Sender


class FilesResource:
    """Files: uploads that inputs can name."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def list(
        self,
    ) -> FilePage:
        """One page of the files you uploaded.

        Documented as newest first; recorded answers were in no order of time.

        Operation `files.list`: GET /files.
        """
        return self._sender.send(files_list())

    def get(self, file: str | HasId) -> File:
        """The record of one uploaded file.

        Name, size, checksums and times; not the content.

        Args:
            file: Id of the uploaded file. An object that has the id will do.

        Operation `files.get`: GET /files/{file_id}.
        """
        return self._sender.send(files_get(file))

    def delete(self, file: str | HasId) -> None:
        """Delete an uploaded file.

        From then on the file answers 404, to a second delete as well.

        Args:
            file: Id of the uploaded file. An object that has the id will do.

        Operation `files.delete`: DELETE /files/{file_id}.
        """
        return self._sender.send(files_delete(file))

    def download(self, file: str | HasId, *, owner: str, expiry: int, signature: str) -> BinaryResponse:
        """The content of an uploaded file.

        For links that are handed on: the signature stands in for the API token, which is not sent.
        The owner makes the signature with the Files API's signing secret.

        Args:
            file: Id of the uploaded file. An object that has the id will do.
            owner: Username of the account that uploaded the file.
            expiry: When the link stops working, in seconds since 1970 (Unix time).
            signature: Base64 of the HMAC-SHA256 over the text `{owner} {id} {expiry}`.

        Operation `files.download`: GET /files/{file_id}/download.
        """
        return self._sender.send(files_download(file, owner=owner, expiry=expiry, signature=signature))


class AsyncFilesResource:
    """Files: uploads that inputs can name."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def list(
        self,
    ) -> FilePage:
        """One page of the files you uploaded.

        Documented as newest first; recorded answers were in no order of time.

        Operation `files.list`: GET /files.
        """
        return await self._sender.send(files_list())

    async def get(self, file: str | HasId) -> File:
        """The record of one uploaded file.

        Name, size, checksums and times; not the content.

        Args:
            file: Id of the uploaded file. An object that has the id will do.

        Operation `files.get`: GET /files/{file_id}.
        """
        return await self._sender.send(files_get(file))

    async def delete(self, file: str | HasId) -> None:
        """Delete an uploaded file.

        From then on the file answers 404, to a second delete as well.

        Args:
            file: Id of the uploaded file. An object that has the id will do.

        Operation `files.delete`: DELETE /files/{file_id}.
        """
        return await self._sender.send(files_delete(file))

    async def download(self, file: str | HasId, *, owner: str, expiry: int, signature: str) -> BinaryResponse:
        """The content of an uploaded file.

        For links that are handed on: the signature stands in for the API token, which is not sent.
        The owner makes the signature with the Files API's signing secret.

        Args:
            file: Id of the uploaded file. An object that has the id will do.
            owner: Username of the account that uploaded the file.
            expiry: When the link stops working, in seconds since 1970 (Unix time).
            signature: Base64 of the HMAC-SHA256 over the text `{owner} {id} {expiry}`.

        Operation `files.download`: GET /files/{file_id}/download.
        """
        return await self._sender.send(files_download(file, owner=owner, expiry=expiry, signature=signature))


class FilesProtocol(Protocol):
    """What `files` offers, for stand-ins to be checked against."""

    def list(
        self,
    ) -> FilePage: ...
    def get(self, file: str | HasId) -> File: ...
    def delete(self, file: str | HasId) -> None: ...
    def download(self, file: str | HasId, *, owner: str, expiry: int, signature: str) -> BinaryResponse: ...


class AsyncFilesProtocol(Protocol):
    """What `files` offers, for stand-ins to be checked against."""

    async def list(
        self,
    ) -> FilePage: ...
    async def get(self, file: str | HasId) -> File: ...
    async def delete(self, file: str | HasId) -> None: ...
    async def download(self, file: str | HasId, *, owner: str, expiry: int, signature: str) -> BinaryResponse: ...
