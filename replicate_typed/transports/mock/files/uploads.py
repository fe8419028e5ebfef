"""Files that were uploaded to the mock service, for a day."""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
import uuid
from typing import TYPE_CHECKING, Any

from attrs import define, field

from replicate_typed.transports.mock.problems import ProblemError
from replicate_typed.transports.mock.times import HOUR, SECOND, edge_time

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT = 24 * HOUR  # recorded


@define(eq=False, kw_only=True)
class MockFile:
    """One uploaded file."""

    id: str
    name: str
    content_type: str
    content: bytes = field(repr=False)
    metadata: dict[str, Any]
    created: int
    sequence: int
    root: str
    """The address of the API that it was uploaded to."""
    _sha256: str = field(init=False)
    _md5: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._sha256 = hashlib.sha256(self.content).hexdigest()
        self._md5 = md5(self.content)

    @property
    def expires(self) -> int:
        return self.created + _KEPT

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "name": self.name,
            "content_type": self.content_type,
            "size": len(self.content),
            "etag": self._md5,
            "checksums": {"sha256": self._sha256, "md5": self._md5},
            "metadata": self.metadata,
            "created_at": edge_time(self.created),
            "expires_at": edge_time(self.expires),
            "urls": {"get": f"{self.root}/files/{self.id}"},
        }


class Files:
    """The account's uploaded files, until they expire."""

    def __init__(self, *, seed: int, account: str, now: Callable[[], int]) -> None:
        self.signing_secret: str = hashlib.sha256(f"{seed}/the signing secret of files".encode()).hexdigest()
        self._seed = seed
        self._account = account
        self._now = now
        self._files: dict[str, MockFile] = {}  # in order of creation, which is that of expiry
        self._count = 0
        self._lock = threading.Lock()

    def add(self, *, name: str, content_type: str, content: bytes, metadata: dict[str, Any], root: str) -> MockFile:
        """A new file."""
        with self._lock:
            self._drop_expired()
            self._count += 1
            file = MockFile(
                id=self._new_id(),
                name=name,
                content_type=content_type,
                content=content,
                metadata=metadata,
                created=self._now(),
                sequence=self._count,
                root=root,
            )
            self._files[file.id] = file
            return file

    def newest_first(self) -> list[MockFile]:
        with self._lock:
            self._drop_expired()
            return list(self._files.values())[::-1]

    def find(self, id: str) -> MockFile | None:
        """The file of this id; None if there is none any more."""
        with self._lock:
            self._drop_expired()
            return self._files.get(id)

    def get(self, id: str) -> MockFile:
        """The file of this id; a problem if there is none."""
        file = self.find(id)
        if file is None:
            raise file_problem(404, "File not found")
        return file

    def get_signed(self, id: str, owner: str, expiry: int, signature: str) -> MockFile:
        """The file of this id, if the signature is its owner's, and has not expired (in seconds since 1970)."""
        expected = signature_of(self.signing_secret, owner, id, expiry)
        is_right = hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))
        if not is_right or owner != self._account or self._now() >= expiry * SECOND:
            raise file_problem(404, "File not found")
        return self.get(id)

    def delete(self, id: str) -> None:
        self.get(id)
        with self._lock:
            self._files.pop(id, None)

    def _new_id(self) -> str:
        digest = hashlib.sha256(f"{self._seed}/file/{self._count}".encode()).digest()
        return base64.b64encode(str(uuid.UUID(bytes=digest[:16], version=4)).encode()).decode()

    def _drop_expired(self) -> None:
        while self._files and (oldest := next(iter(self._files.values()))).expires <= self._now():
            del self._files[oldest.id]


def signature_of(secret: str, owner: str, id: str, expiry: int) -> str:
    """What a link to a file's content is signed with."""
    digest = hmac.digest(secret.encode(), f"{owner} {id} {expiry}".encode(), "sha256")
    return base64.b64encode(digest).decode()


def file_problem(status: int, detail: str) -> ProblemError:
    """How the Files API says no: without the status in the body, as recorded."""
    problem = ProblemError(status, detail)
    del problem.body["status"]
    return problem


def md5(content: bytes) -> str:
    """The checksum that tags a content; nothing is kept safe by it."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
