"""What postcards are made of, and what becomes of them when something goes wrong."""

from __future__ import annotations

import pytest
from postcards import PAINTER, NoPostcardError, Postcard, postcard, spent

from replicate_typed import Client, MockTransport, NetworkRefusedError


def test_a_postcard_has_a_picture_and_a_greeting(replicate_mock: MockTransport) -> None:
    card = postcard("Lisbon")
    assert card == Postcard("Lisbon", "https://pictures.example/lisbon-1x1.webp", "Greetings From Lisbon ")
    replicate_mock.assert_called("predictions.create", input={"prompt": "a postcard from Lisbon"})
    replicate_mock.assert_called("predictions.create", times=2)


def test_a_model_that_fails_makes_no_postcard(replicate_mock: MockTransport) -> None:
    replicate_mock.reply(PAINTER, error="NSFW content detected")
    with pytest.raises(NoPostcardError, match="no postcard from Lisbon: NSFW content detected"):
        postcard("Lisbon")


def test_nobody_waits_for_more_than_a_minute(replicate_mock: MockTransport) -> None:
    replicate_mock.reply(PAINTER, ["https://pictures.example/late.webp"], after=3600)
    with pytest.raises(NoPostcardError, match="no postcard from Lisbon within 60 seconds"):
        postcard("Lisbon")
    assert replicate_mock.clock.now() == pytest.approx(60, abs=1)  # and nobody has waited for real
    assert replicate_mock.predictions[0]["status"] == "canceled"  # so it costs no more


def test_a_busy_service_is_asked_again(replicate_mock: MockTransport) -> None:
    replicate_mock.fail("predictions.create", times=2, status=429, retry_after=5)
    assert postcard("Lisbon").picture == "https://pictures.example/lisbon-1x1.webp"
    assert replicate_mock.clock.now() > 10


def test_the_time_spent_is_that_of_all_postcards(replicate_client: Client) -> None:
    for place in ("Lisbon", "Oslo", "Quito"):
        postcard(place)
    assert spent(replicate_client) == pytest.approx(3 * (4 + 2))


def test_without_the_mock_nothing_leaves_this_machine() -> None:
    with pytest.raises(NetworkRefusedError):
        postcard("Lisbon")
