"""What must not be written down, and what is written in its place; pure.

What stands in for a secret is as long as it was, so that lengths and the borders of frames stay true.
"""

from __future__ import annotations

import base64
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STAND_IN = b"REDACTED"
SHORTEST = 8
"""Characters; a token that is shorter is no secret, and would be found in many an innocent word."""

_MOST_LEVELS = 8  # of encodings within each other that are looked through
_CODE = re.compile(rb"%([0-9A-Fa-f]{2})|\\u00([0-9A-Fa-f]{2})|\\([\\/])")  # percent-encoding, and JSON's
_DATA = re.compile(rb"(;base64,)([A-Za-z0-9+/]{8,}={0,2})")
# The tokens of the service: https://replicate.com/docs/topics/security/api-tokens
_TOKEN = re.compile(rb"r8_\w{20,}")
# https://www.standardwebhooks.com: base64 of 24 to 64 bytes
_WEBHOOK = re.compile(rb"whsec_([A-Za-z0-9+/]{8,})(={0,2})")
# What makes an address open a file: `signature` of the service's own, and those of the stores of clouds.
_NAME = rb"[\w.~-]{0,64}?(?:token|signature|secret|credential|password|api[_-]?key)|(?:[\w.~-]{0,64}[_.-])?sig"
_PARAMETER = re.compile(rb"([?&](?:amp;)?(?:" + _NAME + rb")=)([^\s\"'<>&#\\]+)", re.IGNORECASE)


def redacted(content: bytes, known: frozenset[bytes] = frozenset()) -> bytes:
    """The content without secrets: the known ones, and whatever looks like a token, a webhook secret or a signature.

    They are found in percent-encoding, with the escapes of JSON, and in data URIs, too.
    """
    if b";base64," in content:
        content = _DATA.sub(lambda found: found[1] + _within_base64(found[2], known), content)
    for secret in sorted(known, key=len, reverse=True):  # one may be the beginning of another
        content = content.replace(secret, stand_in_for(secret))
    content = _TOKEN.sub(lambda found: stand_in_for(found[0]), content)
    content = _WEBHOOK.sub(_another_secret, content)
    content = _PARAMETER.sub(lambda found: found[1] + stand_in_for(found[2]), content)
    spans = list(_encoded_secrets(content, known))
    if not spans:
        return content
    changed = bytearray(content)
    for start, end in spans:
        changed[start:end] = stand_in_for(content[start:end])
    return bytes(changed)


def stand_in_for(secret: bytes) -> bytes:
    return STAND_IN[: len(secret)].ljust(len(secret), b"-")


def _another_secret(found: re.Match[bytes]) -> bytes:
    """Base64 as long as it was, so that programs can go on with it."""
    length = len(found[1])
    return b"whsec_" + (STAND_IN * length)[:length] + found[2]


def _within_base64(encoded: bytes, known: frozenset[bytes]) -> bytes:
    """The base64 of the content without secrets; as it is if there are none."""
    core = encoded.rstrip(b"=")
    if len(core) % 4 == 1:  # a byte of something else after it
        core = core[:-1]
    content = base64.b64decode(core + b"=" * (-len(core) % 4))
    clean = redacted(content, known)
    if clean == content:
        return encoded
    return base64.b64encode(clean).rstrip(b"=") + encoded[len(core) :]


def _encoded_secrets(content: bytes, known: frozenset[bytes]) -> Iterator[tuple[int, int]]:
    """Where there are secrets that can be read only when the content is decoded, once or several times."""
    levels: list[_Decoded] = []
    text = content
    while len(levels) < _MOST_LEVELS and (level := _Decoded.of(text)):
        levels.append(level)
        text = level.text
        for start, end in _secrets(text, known):
            for each in reversed(levels):
                start, end = each.place(start), each.place(end)
            yield start, end


def _secrets(text: bytes, known: frozenset[bytes]) -> Iterator[tuple[int, int]]:
    for secret in known:
        yield from (found.span() for found in re.finditer(re.escape(secret), text))
    yield from (found.span() for found in _TOKEN.finditer(text))
    yield from (found.span() for found in _WEBHOOK.finditer(text))
    yield from (found.span(2) for found in _PARAMETER.finditer(text))


class _Decoded:
    """A text, one level of encoding less, and where its characters stand in what it was read from."""

    def __init__(self, text: bytes, ours: list[int], theirs: list[int]) -> None:
        self.text = text
        self._ours = ours
        self._theirs = theirs

    @classmethod
    def of(cls, encoded: bytes) -> _Decoded | None:
        """The text that is encoded; None if nothing is."""
        pieces: list[bytes] = []
        ours, theirs = [0], [0]
        length = at = 0
        for found in _CODE.finditer(encoded):
            start, end = found.span()
            pieces += [encoded[at:start], found[3] or bytes([int(found[1] or found[2], 16)])]
            length += start - at
            ours += [length, length + 1]
            theirs += [start, end]
            length, at = length + 1, end
        if not pieces:
            return None
        return cls(b"".join([*pieces, encoded[at:]]), ours, theirs)

    def place(self, position: int) -> int:
        """Where the character at a position stands."""
        index = bisect_right(self._ours, position) - 1
        return self._theirs[index] + position - self._ours[index]
