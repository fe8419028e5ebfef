"""How long a request pauses before it is sent again, and when it is not."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from happenings import Happening, Service, create, get, good, status

from replicate_typed import APITimeoutError, AsyncClient, ClosedClientError, InternalServerError, RateLimitError
from replicate_typed.deadlines import Deadline

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("refusal", "pause"),
    [
        (status(429, retry_after="7"), 7),
        (status(429, {"retry_after": 9}), 9),
        (status(429, {"retry_after": 9}, retry_after="7"), 7),
        (status(503, retry_after="0.25"), 0.25),
        (status(429, retry_after="3600"), 60),
        (status(429, date="Mon, 05 Jan 2026 10:00:00 GMT", retry_after="Mon, 05 Jan 2026 10:00:20 GMT"), 20),
        (status(429, date="Mon, 05 Jan 2026 10:00:00 GMT", retry_after="Mon, 05 Jan 2026 09:00:00 GMT"), 0),
        (status(429, date="Mon, 05 Jan 2026 10:00:00 -0000", retry_after="Mon, 05 Jan 2026 10:00:20 GMT"), 20),
        (status(429, date="Mon, 05 Jan 2026 10:00:00 GMT", retry_after="Tue, 05 Jan 2027 10:00:00 GMT"), 60),
        (status(429, retry_after="Mon, 05 Jan 2026 10:00:20 GMT"), 10),
        (status(503, retry_after="Mon, 05 Jan 2026 10:00:20 GMT"), 10),
        (status(429, {"retry_after": 86400}), 60),
    ],
)
async def test_the_pause_is_the_one_that_was_asked_for(refusal: Callable[[], Happening], pause: float) -> None:
    """In the header, in seconds or as a date of the service's clock, or in the body; a minute at most (V7, V23)."""
    service = Service(refusal, good)
    await AsyncClient(transport=service).send(create())
    assert service.clock.slept == [pause]


async def test_pauses_grow_and_are_random() -> None:
    """So that many clients do not come back at once: up to half a second, then twice that, … eight seconds (V7)."""
    pauses: list[list[float]] = []
    for _ in range(4):
        service = Service(status(500))
        with pytest.raises(InternalServerError):
            await AsyncClient(transport=service, retries=14).send(get())
        pauses.append(service.clock.slept)
        assert all(0 <= pause <= min(8, 0.5 * 2**tries) for tries, pause in enumerate(service.clock.slept))
    assert len({pause for each in pauses for pause in each}) == 4 * 14
    assert max(map(max, pauses)) > 4


async def test_all_pauses_together_have_a_limit() -> None:
    """Two minutes for one call, however many retries are allowed; the error in the end is the last one."""
    service = Service(status(429, retry_after="50"))
    with pytest.raises(RateLimitError):
        await AsyncClient(transport=service, retries=100).send(create())
    assert service.clock.slept == [50, 50]
    service = Service(status(500))
    with pytest.raises(InternalServerError):
        await AsyncClient(transport=service, retries=10_000).send(get())
    assert 112 <= sum(service.clock.slept) <= 120


async def test_a_pause_past_the_deadline_is_not_begun() -> None:
    """The error comes at once, and is the one that there was."""
    service = Service(status(429, retry_after="50"))
    client = AsyncClient(transport=service)
    session = client._session  # pyright: ignore[reportPrivateUsage] -- deadlines come from runs
    with pytest.raises(RateLimitError):
        await session.send(get(), session.deadline(50))
    assert (len(service.asked), service.clock.slept) == (1, [])


async def test_no_request_is_made_past_the_deadline() -> None:
    """A run that has no time left asks nothing more."""
    service = Service(good)
    session = AsyncClient(transport=service)._session  # pyright: ignore[reportPrivateUsage] -- deadlines come from runs
    with pytest.raises(APITimeoutError, match="no time was left"):
        await session.send(get(), Deadline(service.clock, 0))
    assert service.asked == []


async def test_nothing_is_sent_again_once_the_client_is_closed() -> None:
    """Another task may have closed it during the pause."""
    service = Service(status(500))
    client = AsyncClient(transport=service, retries=5)

    def fail_and_close() -> httpx.Response:
        client._session.connection.is_closed = True  # pyright: ignore[reportPrivateUsage] -- as `close` does
        return httpx.Response(500)

    service.happenings = (fail_and_close,)
    with pytest.raises(ClosedClientError):
        await client.send(get())
    assert len(service.asked) == 1
