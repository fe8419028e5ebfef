"""Files written into their own address."""

from __future__ import annotations

import base64
import mimetypes
import tempfile
from pathlib import Path
from typing import IO
from urllib.parse import unquote_to_bytes


def data_url(file: Path | bytes | IO[bytes]) -> str:
    """The address that is the file's content."""
    name = str(file) if isinstance(file, Path) else str(getattr(file, "name", ""))
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    content = file.read_bytes() if isinstance(file, Path) else file if isinstance(file, bytes) else file.read()
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def opened(address: str) -> Path:
    """A local file with the content of a data URL; `ValueError` for any other address."""
    scheme, _, rest = address.partition(":")
    if scheme.lower() != "data":
        raise ValueError(f"the mock service has no file at {address}")
    head, _, data = rest.partition(",")
    media_type = head.partition(";")[0]
    content = unquote_to_bytes(data)
    if head.endswith(";base64"):
        content = base64.b64decode(content)
    suffix = mimetypes.guess_extension(media_type) or ""
    with tempfile.NamedTemporaryFile(prefix="replicate-", suffix=suffix, delete=False) as file:
        file.write(content)
    return Path(file.name)
