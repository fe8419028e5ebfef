"""YAML: the tree that a text stands for, read in bounded time and memory, and the text of a tree.

PyYAML composes a tree of nodes first, recursively, so that deep nesting ends the process. Its events come one by one.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, cast

import yaml

from replicate_typed.errors import CassetteError
from replicate_typed.transports.cassettes.limits import DEEPEST, MOST_BYTES, MOST_NODES
from replicate_typed.transports.cassettes.places import Lines, Place, cassette_error

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.sources import Source

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_TAG = "tag:yaml.org,2002:"
_TEXTS = frozenset({f"{_TAG}str", f"{_TAG}python/str", f"{_TAG}python/unicode"})
_BYTES_IO = f"{_TAG}python/object/new:_io.BytesIO"  # how vcrpy wrote files that were sent
_ITERATOR = f"{_TAG}python/object/apply:builtins.iter"  # and pieces
_COLLECTIONS = frozenset({None, "!", f"{_TAG}map", f"{_TAG}seq", f"{_TAG}python/tuple", _BYTES_IO, _ITERATOR})
_STARTS: Any = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_ENDS: Any = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_LONGEST_NUMBER = 40  # characters; PyYAML takes very long over some long ones
_CONSTRUCTOR: Any = yaml.constructor.SafeConstructor()
_SCALARS: Any = {
    f"{_TAG}int": _CONSTRUCTOR.construct_yaml_int,
    f"{_TAG}float": _CONSTRUCTOR.construct_yaml_float,
    f"{_TAG}bool": _CONSTRUCTOR.construct_yaml_bool,
    f"{_TAG}null": _CONSTRUCTOR.construct_yaml_null,
}
_RESOLVERS: dict[str, list[tuple[str, Any]]] = {  # by the first character of what stands without quotes
    first: [(tag, pattern) for tag, pattern in resolvers if tag in _SCALARS]
    for first, resolvers in cast("Any", yaml.SafeLoader.yaml_implicit_resolvers).items()
}


def _writes_again(_dumper: object, _data: object) -> bool:
    """What stands there twice is written twice, and never referred to."""
    return True


_Dumper: Any = type("_Dumper", (_DUMPER,), {"ignore_aliases": _writes_again})


def _list(dumper: Any, data: list[object]) -> Any:
    """Numbers, which are a frame's, on one line."""
    is_frame = bool(data) and all(isinstance(each, (int, float)) for each in data)
    return dumper.represent_sequence(f"{_TAG}seq", data, flow_style=is_frame)


_Dumper.add_representer(list, _list)


def write(document: object) -> str:
    """The text of a tree of dicts, lists, text, bytes and numbers."""
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False)


def read(source: Source, file: str) -> Place:
    """What a text says; raises `CassetteError` if it is not YAML, or more than a cassette needs."""
    tree = _Tree(file)
    try:
        for event in cast("Any", yaml).parse(source, Loader=_LOADER):  # in pieces, which is faster than from bytes
            tree.take(event)
    except yaml.MarkedYAMLError as error:
        last = _line_at(None, source)  # its end is beyond that
        line = min(error.problem_mark.line + 1, last) if error.problem_mark else None
        raise cassette_error(file, line, f"this is not YAML: {error.problem}") from None
    except yaml.YAMLError as error:  # of its reader, which knows the place by the byte
        line = _line_at(getattr(error, "position", 0), source)
        problem = getattr(error, "reason", None) or str(error)
        raise cassette_error(file, line, f"this is not YAML: {problem}") from None
    return Place(tree.root, file, tree.lines)


def _line_at(position: int | None, source: Source) -> int:
    """The number of the line with the byte at a position, or of the last one."""
    return source.whole().count(b"\n", 0, position) + 1


class _Open:
    """A list or dict that is being read."""

    __slots__ = ("anchor", "is_list", "is_value_next", "key", "line", "nodes", "size", "tag", "value")

    def __init__(self, value: Any, event: Any, line: int, nodes: int, size: int) -> None:
        self.value = value
        self.anchor: str | None = event.anchor
        self.tag: str | None = event.tag
        self.line = line
        self.nodes = nodes
        self.size = size
        self.is_list = isinstance(value, list)
        self.key = ""
        self.is_value_next = False


class _Tree:
    """A tree that grows with every event."""

    def __init__(self, file: str) -> None:
        self.root: Any = None
        self.lines: Lines = {}
        self._file = file
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int, int]] = {}
        self._documents = 0
        self._nodes = 0  # of the tree with every alias written out
        self._size = 0  # of its texts

    def take(self, event: Any) -> None:
        kind = cast("object", type(event))
        if kind is yaml.ScalarEvent:
            line = event.start_mark.line + 1
            value: Any = self._scalar(event, line)
            size = len(value) if isinstance(value, (str, bytes)) else 0
            self._count(1, size, line)
            if event.anchor:
                self._anchors[event.anchor] = (value, 1, size)
            self._add(value, line)
        elif kind in _STARTS:
            line = event.start_mark.line + 1
            if event.tag not in _COLLECTIONS:
                raise self._refused(event.tag, line)
            if len(self._open) >= DEEPEST:
                raise self._error(line, f"it is nested more than {DEEPEST} deep")
            value = [] if kind is yaml.SequenceStartEvent else {}
            self._open.append(_Open(value, event, line, self._nodes, self._size))
            self._count(1, 0, line)
        elif kind in _ENDS:
            done = self._open.pop()
            value = self._made(done)
            if done.anchor:
                self._anchors[done.anchor] = (value, self._nodes - done.nodes, self._size - done.size)
            self._add(value, done.line)
        elif kind is yaml.AliasEvent:
            line = event.start_mark.line + 1
            if event.anchor not in self._anchors:
                raise self._error(line, f"*{event.anchor} stands for nothing that ended before it")
            value, nodes, size = self._anchors[event.anchor]
            self._count(nodes, size, line)
            self._add(value, line)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                raise self._error(event.start_mark.line + 1, "a second document begins; a cassette is one")

    def _add(self, value: Any, line: int) -> None:
        if not self._open:
            self.root = value
            return
        within = self._open[-1]
        if within.is_list:
            self.lines[id(within.value), len(within.value)] = line
            within.value.append(value)
        elif within.is_value_next:
            within.is_value_next = False
            self.lines[id(within.value), within.key] = line
            within.value[within.key] = value
        else:
            if not isinstance(value, (str, int, float)):
                raise self._error(line, "a name is not text")
            within.is_value_next = True
            within.key = str(value)

    def _count(self, nodes: int, size: int, line: int) -> None:
        self._nodes += nodes
        self._size += size
        if self._nodes > MOST_NODES or self._size > MOST_BYTES:
            raise self._error(line, "it holds more than a cassette may, with its aliases written out")

    def _scalar(self, event: Any, line: int) -> Any:
        text: str = event.value
        tag: str | None = event.tag
        if tag is None or tag == "!":
            return _plain(text) if event.implicit[0] else text
        if tag in _TEXTS:
            return text
        if tag == f"{_TAG}binary":
            try:
                return base64.b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError) as error:
                raise self._error(line, f"!!binary is not base64: {error}") from None
        if tag not in _SCALARS:
            raise self._refused(tag, line)
        try:
            if len(text) > _LONGEST_NUMBER:
                raise ValueError
            return _SCALARS[tag](yaml.ScalarNode(tag, text))
        except (ValueError, KeyError, IndexError):
            raise self._error(line, f"{text[:40]!r} is not what its tag says") from None

    def _made(self, done: _Open) -> Any:
        """The list or dict, or the bytes that it stands for."""
        if done.tag is None:
            return done.value
        match done.tag, done.value:
            case str(tag), {"state": [content, *_]} if tag == _BYTES_IO:
                return self._joined([content], done.line)
            case str(tag), {"args": [[*pieces]]} if tag == _ITERATOR:
                return self._joined(pieces, done.line)
            case str(tag), {"args": [content]} if tag == _ITERATOR:
                return self._joined([content], done.line)
            case str(tag), _ if tag in (_BYTES_IO, _ITERATOR):
                return b""
            case _:
                return done.value

    def _joined(self, pieces: list[Any], line: int) -> bytes:
        if not all(isinstance(piece, (str, bytes)) for piece in pieces):
            raise self._error(line, "a body that was read from a file or in pieces has something else in it")
        return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)

    def _refused(self, tag: str, line: int) -> CassetteError:
        name = tag.replace(_TAG, "!!")
        return self._error(line, f"{name[:80]} is an object of a program; cassettes hold text, bytes and numbers only")

    def _error(self, line: int, what: str) -> CassetteError:
        return cassette_error(self._file, line, what)


def _plain(text: str) -> Any:
    """What stands there without quotes: text, unless it looks like something else."""
    if len(text) > _LONGEST_NUMBER:
        return text
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            try:
                return _SCALARS[tag](yaml.ScalarNode(tag, text))
            except (ValueError, IndexError):
                return text
    return text
