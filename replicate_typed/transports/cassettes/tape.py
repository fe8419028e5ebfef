"""The order in which recorded answers are played."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, cast

from replicate_typed.outcomes import FINAL, UNFINISHED
from replicate_typed.transports.cassettes.differences import differences, nearest
from replicate_typed.transports.cassettes.encodings import decoded
from replicate_typed.transports.cassettes.matching import Key, key_of, origin_of
from replicate_typed.transports.cassettes.redaction import credentials_of, request_without_secrets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from replicate_typed.transports.cassettes.interactions import Interaction, RecordedRequest, RecordedResponse

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "QUERY"})
"""The methods of requests that change nothing, so that their last answer may be given again."""
MOST_REPEATS = 1000
"""Of an answer that says that something goes on; a program that waits for more would wait for ever."""


class Tape:
    """Recorded interactions, and which of them have been played; for any number of threads and tasks."""

    def __init__(self, interactions: Sequence[Interaction]) -> None:
        self.interactions: list[Interaction] = list(interactions)
        self._lock = threading.Lock()
        self._played: set[int] = set()
        self._repeats: dict[int, int] = {}
        self._by_key: dict[Key, list[int]] = {}
        self._changes: dict[str, list[int]] = {}  # by the path above theirs: of /predictions/a/cancel, /predictions/a
        self._origins: list[str] = []
        for index, interaction in enumerate(self.interactions):
            asked = interaction.request
            request = request_without_secrets(asked, credentials_of(asked.headers))
            key = key_of(request)
            self._by_key.setdefault(key, []).append(index)
            self._origins.append(origin_of(request))
            if key.method not in SAFE:
                self._changes.setdefault(key.path.rpartition("/")[0], []).append(index)

    def play(self, request: RecordedRequest) -> Interaction | None:
        """The next interaction for a request without secrets, if there is one."""
        key = key_of(request)
        candidates = self._by_key.get(key)
        if candidates is None:
            return None
        origin = origin_of(request)
        candidates = [index for index in candidates if self._origins[index] == origin] or candidates
        with self._lock:
            index = self._next(key, candidates)
            if index is None:
                return None
            self._played.add(index)
        return self.interactions[index]

    @property
    def played(self) -> int:
        """How many interactions have been played."""
        return len(self._played)

    @property
    def unused(self) -> list[Interaction]:
        """The interactions that have not been played, in order."""
        with self._lock:
            return [each for index, each in enumerate(self.interactions) if index not in self._played]

    def lack(self, request: RecordedRequest) -> str:
        """Why there is no interaction for a request without secrets: the nearest one, and what differs."""
        requests = [
            request_without_secrets(each.request, credentials_of(each.request.headers)) for each in self.interactions
        ]
        index = nearest(requests, request)
        if index is None:
            return "nothing like it was recorded" if requests else "nothing was recorded"
        recorded = requests[index]
        near = f"interactions[{index}], {recorded.method} {recorded.url}"
        state = "was played already" if index in self._played else "was not played yet"
        if found := differences(recorded, request):
            why = f"the nearest one, {near}, {state}, and differs in\n  " + "\n  ".join(found)
        elif recorded.method.upper() not in SAFE:
            why = f"{near}, {state}, and is played as often as it was recorded"
        else:
            why = f"{near}, {state}, and says that something goes on; the recording ends before that does"
        if (origin := origin_of(recorded)) != origin_of(request):
            why += f"\nits answers lead to {origin}, where it was recorded: replay it with a base_url there"
        return why

    def _next(self, key: Key, candidates: list[int]) -> int | None:
        last = max((index for index in candidates if index in self._played), default=None)
        following = next((index for index in candidates if index not in self._played), None)
        if last is None or key.method not in SAFE:
            return following
        if following is not None:
            is_early = self._has_changes(key.path, before=following) and goes_on(self.interactions[last].response)
            return self._again(last) if is_early else following
        if not goes_on(self.interactions[last].response):
            return last
        return self._again(last) if self._has_changes(key.path) else None

    def _has_changes(self, path: str, before: int | None = None) -> bool:
        """Whether something below a path is still to be changed, such as a prediction to be canceled."""
        return any(
            index not in self._played and (before is None or index < before) for index in self._changes.get(path, ())
        )

    def _again(self, index: int) -> int | None:
        count = self._repeats[index] = self._repeats.get(index, 0) + 1
        return index if count <= MOST_REPEATS else None


def goes_on(response: RecordedResponse) -> bool:
    """Whether an answer is a prediction or training that has not ended."""
    content = decoded(response.headers, response.body)
    if not content or content.lstrip()[:1] != b"{":
        return False
    try:
        told: Any = json.loads(content)
    except (ValueError, RecursionError):
        return False
    told = cast("dict[str, Any]", told)
    status = told.get("status")
    if not isinstance(status, str) or "id" not in told:
        return False
    return status in UNFINISHED or (status not in FINAL and told.get("completed_at") is None)
