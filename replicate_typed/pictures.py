"""Pictures among output files, as notebooks show them."""

from __future__ import annotations

import base64
from collections.abc import Generator
from contextlib import closing
from html import escape
from typing import Protocol

from replicate_typed.errors import ClosedClientError

MOST_BYTES = 2 * 2**20  # Jupyter's server passes on 3 MB at once by default, which is this in base64
SECONDS = 10.0
_PICTURES = frozenset({"image/avif", "image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"})


class Downloadable(Protocol):
    """What is needed of an output file."""

    @property
    def url(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str | None: ...
    def iter_bytes(self, *, timeout: float | None = None) -> Generator[bytes]: ...


def picture(file: Downloadable) -> str | None:
    """An element of HTML that shows it and holds its content; None if it is no picture, or cannot be had now.

    One that is too large to be kept in a notebook, that can only be awaited, or whose client is closed is shown by its
    address, as long as the service has it.
    """
    if file.media_type not in _PICTURES:
        return None
    try:
        source = _source(file)
    except Exception:  # a cell does not fail for what it shows
        return None
    return source and f'<img src="{escape(source)}" alt="{escape(file.name)}" style="max-width:100%">'


def _source(file: Downloadable) -> str | None:
    address = None if file.url.startswith("data:") else file.url
    content = bytearray()
    try:
        with closing(file.iter_bytes(timeout=SECONDS)) as arriving:
            for chunk in arriving:
                content += chunk
                if len(content) > MOST_BYTES:
                    return address
    except (TypeError, ClosedClientError):  # the first from an AsyncClient whose transport is async alone
        return address
    return f"data:{file.media_type};base64,{base64.b64encode(content).decode()}"
