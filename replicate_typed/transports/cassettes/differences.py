"""How a request differs from one that was recorded, for people to read; pure."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, cast

from replicate_typed.requests import parsed_url
from replicate_typed.transports.cassettes.matching import Form, Json, body_of, json_of, path_of, query_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from replicate_typed.transports.cassettes.interactions import RecordedRequest

_LONGEST = 80  # characters of a value that are shown
_MOST = 5  # differences that are told
_NESTED: Any = (dict, list)
_DEEPEST = 50  # members within members that are compared one by one


def differences(recorded: RecordedRequest, sent: RecordedRequest) -> list[str]:
    """What makes the two no match, most important first; empty if nothing does."""
    found = list(_differences(recorded, sent))
    return found if len(found) <= _MOST else [*found[:_MOST], f"and {len(found) - _MOST} more"]


def nearest(recorded: Sequence[RecordedRequest], sent: RecordedRequest) -> int | None:
    """The index of the request that is most like the one that was sent; None if none is at all."""
    likenesses = [_likeness(each, sent) for each in recorded]
    best = max(likenesses, default=(0.0, 0.0))
    return likenesses.index(best) if best > (0.5, 0.0) else None


def _likeness(recorded: RecordedRequest, sent: RecordedRequest) -> tuple[float, float]:
    ours, theirs = path_of(parsed_url(recorded.url)), path_of(parsed_url(sent.url))
    path = 1.0 if ours == theirs else 0.9 * SequenceMatcher(None, ours, theirs).quick_ratio()
    method = 0.0 if recorded.method.upper() == sent.method.upper() else -0.3
    return path + method, -float(sum(1 for _ in _differences(recorded, sent)))


def _differences(recorded: RecordedRequest, sent: RecordedRequest) -> Iterator[str]:
    if recorded.method.upper() != sent.method.upper():
        yield f"method: recorded {recorded.method}, sent {sent.method}"
    ours, theirs = parsed_url(recorded.url), parsed_url(sent.url)
    if path_of(ours) != path_of(theirs):
        yield f"path: recorded {path_of(ours)}, sent {path_of(theirs)}"
    if query_of(ours) != query_of(theirs):
        yield from _query(query_of(ours), query_of(theirs))
    before, now = body_of(recorded), body_of(sent)
    if before != now:
        yield from _body(before, now)


def _query(recorded: tuple[tuple[str, str], ...], sent: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name in sorted({name for name, _ in (*recorded, *sent)}):
        ours = [value for each, value in recorded if each == name]
        theirs = [value for each, value in sent if each == name]
        if ours != theirs:
            yield f"query, {name}: {_both(*(each[0] if len(each) == 1 else each for each in (ours, theirs)))}"


def _body(recorded: object, sent: object) -> Iterator[str]:
    match recorded, sent:
        case Form(parts=ours), Form(parts=theirs):
            for before, now in zip_longest(ours, theirs):
                yield from _part(before, now)
        case Json(text=ours), Json(text=theirs):
            yield from _values(json_of(ours.encode()), json_of(theirs.encode()), "body", 0)
        case _:
            yield f"body: {_both(recorded, sent)}"


def _part(recorded: Any, sent: Any) -> Iterator[str]:
    if recorded is None:
        yield f"part {sent[0]!r}: not recorded"
    elif sent is None:
        yield f"part {recorded[0]!r}: not sent"
    elif recorded[0] != sent[0]:
        yield f"parts: recorded {recorded[0]!r}, sent {sent[0]!r}"
    else:
        for index, what in enumerate(("file name", "media type"), start=1):
            if recorded[index] != sent[index]:
                yield f"{what} of part {sent[0]!r}: {_both(recorded[index], sent[index])}"
        if recorded[3] != sent[3]:
            for each in _body(recorded[3], sent[3]):
                yield f"part {sent[0]!r}, {each}"


def _values(recorded: Any, sent: Any, path: str, depth: int) -> Iterator[str]:
    kind, other = cast("tuple[object, object]", (type(recorded), type(sent)))
    if kind is not other or depth >= _DEEPEST or kind not in _NESTED:
        if (kind, recorded) != (other, sent):
            yield f"{path}: {_both(recorded, sent)}"
    elif kind is list:
        if len(recorded) != len(sent):
            yield f"{path}: recorded {len(recorded)} items, sent {len(sent)}"
        for index, (ours, theirs) in enumerate(zip(recorded, sent, strict=False)):
            yield from _values(ours, theirs, f"{path}[{index}]", depth + 1)
    else:
        for name in [*recorded, *(each for each in sent if each not in recorded)]:
            if name not in sent:
                yield f"{path}.{name}: recorded {_shown(recorded[name])}, not sent"
            elif name not in recorded:
                yield f"{path}.{name}: not recorded, sent {_shown(sent[name])}"
            else:
                yield from _values(recorded[name], sent[name], f"{path}.{name}", depth + 1)


def _both(recorded: object, sent: object) -> str:
    return f"recorded {_shown(recorded)}, sent {_shown(sent)}"


def _shown(value: object) -> str:
    match value:
        case Json(text=text):
            pass
        case Form(parts=parts):
            return f"a form of {len(parts)} parts"
        case b"":
            return "none"
        case bytes() if len(value) > _LONGEST:
            return f"{len(value)} bytes"
        case bytes():
            text = repr(value)[1:]
        case _:
            text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
