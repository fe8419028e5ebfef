"""For how long the service asks to be left alone."""

from __future__ import annotations

import httpx
import pytest
from faults import PAUSES
from hypothesis import given, strategies as st

from replicate_typed.answers import retry_after_of

TEXTS = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"))
DATES = st.builds(
    "{}, {} {} {} {}:{}:{} {}".format,
    st.sampled_from(["Mon", "Monday", "?"]),
    st.integers(),
    st.sampled_from(["Jan", "Feb", "Xyz"]),
    *[st.integers()] * 4,
    st.sampled_from(["GMT", "-0000", "+9999", "EST", ""]),
)


@pytest.mark.parametrize(("headers", "in_body", "asked"), PAUSES.values(), ids=PAUSES.keys())
def test_every_form_of_it_is_read(headers: dict[str, str], in_body: object, asked: float | None) -> None:
    """Seconds or a date in the header, else the body's `retry_after`; what is no time is none."""
    body = {} if in_body is None else {"retry_after": in_body}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    assert retry_after_of(httpx.Response(429, headers=raw, json=body)) == asked


@given(TEXTS | DATES, TEXTS | DATES)
def test_whatever_stands_there_is_a_time_or_none(header: str, date: str) -> None:
    """Never an error, and never less than nothing."""
    raw = [(b"retry-after", header.encode("latin-1")), (b"date", date.encode("latin-1"))]
    asked = retry_after_of(httpx.Response(429, headers=raw))
    assert asked is None or asked >= 0
