"""JSON: the tree that a text stands for, and the text of a tree."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any, cast

from replicate_typed.transports.cassettes.limits import MOST_NODES
from replicate_typed.transports.cassettes.places import Place, cassette_error

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.sources import Source

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_SEPARATORS = (b"[", b"{", b",")


def write(document: object) -> str:
    """The text of a tree of dicts, lists, text, bytes and numbers; bytes become an object with `base64_string`."""
    return json.dumps(_plain(document), indent=4) + "\n"


def read(source: Source, file: str) -> Place:
    """What a text says; raises `CassetteError` if it is not JSON, or more than a cassette needs."""
    data = source.whole()
    if _nodes(data) > MOST_NODES and _nodes(_TEXT.sub(b"", data)) > MOST_NODES:
        raise cassette_error(file, None, "it holds more than a cassette may")
    try:
        return Place(json.loads(data), file, {})
    except json.JSONDecodeError as error:
        raise cassette_error(file, error.lineno, f"this is not JSON: {error.msg}") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise cassette_error(file, line, f"this is not UTF-8: {error.reason}") from None
    except (ValueError, RecursionError) as error:
        raise cassette_error(file, None, f"this is not JSON: {error}") from None


def _nodes(data: bytes) -> int:
    return sum(data.count(each) for each in _SEPARATORS)


def _plain(value: object) -> Any:
    match value:
        case bytes():
            return {"base64_string": base64.b64encode(value).decode()}
        case {"string": bytes() as content}:  # vcrpy reads this, as long as it is not played
            return _plain(content)
        case dict():
            return {name: _plain(each) for name, each in cast("dict[str, object]", value).items()}
        case list():
            return [_plain(each) for each in cast("list[object]", value)]
        case _:
            return value
