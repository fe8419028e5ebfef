"""What must not be written down, and what is written in its place; pure.

What stands in for a secret is as long as it was, so that lengths and the borders of frames stay true.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache

STAND_IN = b"REDACTED"
SHORTEST = 8
"""Characters; a token that is shorter is no secret, and would be found in many an innocent word."""

# Bounded, and not tried anew when what follows does not fit: a body may be a million backslashes.
_25 = "(?:25){0,8}"
_MORE_BACKSLASHES = rf"(?:\\|%{_25}5[cC]){{0,32}}+"
_BACKSLASHES = rf"(?:\\|%{_25}5[cC]){_MORE_BACKSLASHES}"
_BASE64_CODES = "2[bf]|3[0-9d]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]"
_WORD_CODES = "3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a]"


def redacted(content: bytes, known: frozenset[bytes] = frozenset()) -> bytes:
    """The content without secrets: the known ones, and whatever looks like a token, a webhook secret or a signature.

    They are found in percent-encoding, with the escapes of JSON, and in data URIs, too.
    """
    if b";base64," in content:
        content = _DATA.sub(lambda found: found[1] + _within_base64(found[2], known), content)
    for secret in sorted(known, key=len, reverse=True):  # one may be the beginning of another
        content = _pattern_of(secret).sub(_stand_in, content)
    content = _TOKEN.sub(_stand_in, content)
    content = _WEBHOOK.sub(lambda found: found[1] + _another_secret(found[2]), content)
    return _PARAMETER.sub(lambda found: found["head"] + stand_in_for(found["value"]), content)


def stand_in_for(secret: bytes) -> bytes:
    return STAND_IN[: len(secret)].ljust(len(secret), b"-")


def _stand_in(found: re.Match[bytes]) -> bytes:
    return stand_in_for(found[0])


def _coded(codes: str) -> str:
    """A character, by its hexadecimal code, in percent-encoding or in a JSON string; each may be within the other.

    Each alternative begins with one character, so that `re` looks for these first.
    """
    escape = rf"{_MORE_BACKSLASHES}u00(?:25{_25})?(?i:{codes})"
    return rf"%{_25}(?i:{codes})|%{_25}5[cC]{escape}|\\{escape}"


def _spelled(text: str) -> str:
    """A text in any spelling."""
    return "".join(f"(?:{_plain(each)}|{_coded(f'{ord(each):02x}')})" for each in text)


def _plain(character: str) -> str:
    """Itself, perhaps after the backslashes that JSON allows before some characters."""
    escaped = re.escape(character)
    return escaped if character.isalnum() else rf"{escaped}|\\{_MORE_BACKSLASHES}{escaped}|%5[cC]{escaped}"


@lru_cache(maxsize=64)
def _pattern_of(secret: bytes) -> re.Pattern[bytes]:
    return re.compile(_spelled(secret.decode("latin-1")).encode("latin-1"))


_UNIT = re.compile(rf"{_BACKSLASHES}(?:u00(?:25{_25})?..|/)|%{_25}..|.".encode(), re.DOTALL)
_DATA = re.compile(rb"(;base64,)([A-Za-z0-9+/]{8,}={0,2})")
# The tokens of the service: https://replicate.com/docs/topics/security/api-tokens
_TOKEN = re.compile(f"{_spelled('r8_')}(?:\\w|{_coded(_WORD_CODES)}){{20,}}".encode())
# https://www.standardwebhooks.com: base64 of 24 to 64 bytes
_WEBHOOK = re.compile(f"({_spelled('whsec_')})((?:[A-Za-z0-9+/=]|{_BACKSLASHES}/|{_coded(_BASE64_CODES)}){{8,}})".encode())
# What makes an address open a file: `signature` of the service's own, and those of the stores of clouds.
_PARAMETER = re.compile(
    (
        rf"(?P<head>(?:\?|&|{_coded('3f|26')})(?i:(?:amp;)?"
        r"(?:[\w.~-]{0,64}?(?:token|signature|secret|credential|password|api[_-]?key)|(?:[\w.~-]{0,64}[_.-])?sig))"
        rf"(?:=|{_coded('3d')}))"
        rf"(?P<value>(?:[^\s\"'<>&#\\]|{_BACKSLASHES}(?:/|u00(?!2[0267]|3[cCeE])[0-9a-fA-F]{{2}}))+)"
    ).encode()
)


def _within_base64(encoded: bytes, known: frozenset[bytes]) -> bytes:
    """The base64 of the content without secrets; as it is if there are none, or it is no base64."""
    core = encoded.rstrip(b"=")
    if len(core) % 4 == 1:  # a byte of something else after it
        core = core[:-1]
    content = base64.b64decode(core + b"=" * (-len(core) % 4))
    clean = redacted(content, known)
    if clean == content:
        return encoded
    return base64.b64encode(clean).rstrip(b"=") + encoded[len(core) :]


def _another_secret(spelled: bytes) -> bytes:
    """Base64 of the same length, in the same spelling, so that programs can go on with it."""
    units: list[bytes] = _UNIT.findall(spelled)
    return b"".join(_respelled(unit, STAND_IN[index % len(STAND_IN)]) for index, unit in enumerate(units))


def _respelled(unit: bytes, code: int) -> bytes:
    if unit == b"=" or unit[-2:].lower() == b"3d" or (unit[-1:] == b"/" and len(unit) > 1):  # no other one fits there
        return unit
    return bytes([code]) if len(unit) == 1 else unit[:-2] + b"%02X" % code
