"""Links from one page to the next."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import example, given, strategies as st

from replicate_api.api.predictions.predictions_list import predictions_list
from replicate_typed.pages import next_operation
from replicate_typed.requests import url_of

BASE_URL = "http://127.0.0.1:8000/v1"


@dataclass
class APage:
    next: str | None = None
    previous: str | None = None
    results: tuple[object, ...] = ()


PARTS = st.sampled_from(
    ["http:", "https:", "/", "//", "\\", "@", ":", "127.0.0.1", ":8000", "evil.example", "api.replicate.com", "/v1",
     "/predictions", "/trainings", "?cursor=2", "#", "..", "%2e", "[::1]", "%", "\ud800", "\0", " "]
)  # fmt: skip
LINKS = st.text() | st.lists(PARTS | st.text(max_size=3)).map("".join)


@given(LINKS)
@example("//127.0.0.1:8000\\@evil.example/v1/predictions")
@example("http://127.0.0.1:99999999999999999999/v1/predictions")
def test_whatever_the_link_is_only_the_same_list_is_asked_for(link: str) -> None:
    """Or nothing, or it is refused: no link leads anywhere else."""
    operation = predictions_list()
    try:
        following = next_operation(operation, APage(link), BASE_URL)
    except ValueError as error:
        message = str(error)
        following = None
    else:
        message = ""
    assert not message or message.startswith("the next page of /predictions is said to be ")
    if following is not None:
        assert (following.method, following.path, following.is_page) == ("GET", "/predictions", True)
        assert url_of(following, BASE_URL).startswith(f"{BASE_URL}/predictions")
