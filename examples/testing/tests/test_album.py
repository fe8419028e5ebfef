"""Many pictures at once. The async tests run by the plugin of anyio, which comes with replicate-typed."""

from __future__ import annotations

import pytest
from postcards import Album

from replicate_typed import AsyncClient, MockTransport

pytestmark = pytest.mark.anyio
PLACES = ["Lisbon", "Oslo", "Quito"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_an_album_has_a_picture_of_each_place(async_replicate_client: AsyncClient) -> None:
    pictures = await Album(async_replicate_client).pictures(PLACES)
    assert pictures == {place: f"https://pictures.example/{place.lower()}-3x2.webp" for place in PLACES}


async def test_pictures_are_painted_side_by_side(replicate_mock: MockTransport) -> None:
    await Album().pictures(PLACES)  # its own client meets the mock, too
    assert len(replicate_mock.predictions) == 3
    assert replicate_mock.clock.now() < 2 * 5  # seconds of virtual time; one after the other, it were three times 5
