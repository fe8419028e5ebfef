"""Where the mock service's streams and files are: hosts of their own, or paths of the server that serves it."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import quote, urlsplit

_API = "https://api.replicate.com"
ROOT = f"{_API}/v1"
"""The API's own address, where nobody has used another."""
_STREAM = re.compile(r"/v1/(?:streams|files)/([a-z2-7]{52})")
_DELIVERY = re.compile(r"/xezq/([A-Za-z0-9]+)/([^/]+)")


def stream_address(root: str, id: str, *, gives_files: bool) -> str:
    """Where a prediction is streamed: the path says nothing of it, but that files come."""
    host = "https://stream.replicate.com" if root.startswith(f"{_API}/") else _origin(root)
    return f"{host}/v1/{'files' if gives_files else 'streams'}/{stream_name(id)}"


def stream_name(id: str) -> str:
    """The opaque name of a prediction's stream: 52 letters and digits, in whose second half only this module looks."""
    return base64.b32encode(hashlib.sha256(f"stream of {id}".encode()).digest()).decode().lower()[:26] + id


def run_of_stream(name: str) -> str:
    """The id of the prediction whose stream has this name."""
    return name[26:]


def stream_of(path: str) -> str | None:
    """The name of the stream that a path may be the address of."""
    found = _STREAM.fullmatch(path)
    return found[1] if found else None


def delivery_address(root: str, key: str, name: str) -> str:
    """Where an output file is."""
    host = "https://replicate.delivery" if root.startswith(f"{_API}/") else _origin(root)
    return f"{host}/xezq/{key}/{quote(name)}"


def delivery_of(path: str) -> tuple[str, str] | None:
    """The key and the name of the output file that a path may be the address of."""
    found = _DELIVERY.fullmatch(path)
    return (found[1], found[2]) if found else None


def _origin(root: str) -> str:
    parts = urlsplit(root)
    return f"{parts.scheme}://{parts.netloc}"
