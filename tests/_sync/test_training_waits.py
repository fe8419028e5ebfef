# Made by scripts/unasync.py from tests/_async/test_training_waits.py; do not edit.
"""Waiting for trainings: as for predictions, by the same rules."""

from __future__ import annotations

from typing import Any

import pytest

from replicate_typed import APIConnectionError, Client, MockTransport, Progress, RunTimeoutError, TrainingUpdate
from replicate_typed.models import Training

pytestmark = pytest.mark.anyio


@pytest.fixture
def mock() -> MockTransport:
    service = MockTransport()
    for name in ("acme/echo", "acme/mine"):
        service.model(name)(lambda: "done")

    @service.training("acme/echo", starting=1, processing=60)
    def train(data: str) -> str:
        service.log(f"training with {data}")
        service.log("100%|██████████| 7/7 [00:01<00:00]")
        return "https://weights/1"

    return service


def training_of(client: Client, data: str = "cats") -> Training:
    model = client.models.get("acme/echo")
    assert model.latest_version is not None
    version = f"acme/echo:{model.latest_version.id}"
    return client.trainings.create(version, destination="acme/mine", input={"data": data})


def test_a_training_is_waited_for_by_itself_or_by_its_id(mock: MockTransport) -> None:
    """And comes back as it ended; one that has ended costs no request."""
    client = Client(transport=mock)
    training = training_of(client)
    ended = client.trainings.wait(training)
    assert isinstance(ended, Training)
    assert ended.status == "succeeded"
    assert ended.output is not None
    assert ended.output.weights == "https://weights/1"
    assert mock.clock.now() >= 61
    assert client.trainings.wait(training.id) == ended
    before = len(mock.requests)
    assert client.trainings.wait(ended) == ended
    assert len(mock.requests) == before


def test_every_change_of_a_training_is_heard(mock: MockTransport) -> None:
    """Status, logs and progress."""
    client = Client(transport=mock)
    news: list[TrainingUpdate] = []
    ended = client.trainings.wait(training_of(client), on_update=news.append)
    assert [str(update.status) for update in news] == ["starting", *["processing"] * 3, "succeeded"]
    assert "".join(update.new_logs for update in news) == ended.logs
    assert news[-1].training == ended
    assert news[-1].progress == Progress(1.0, 7, 7)


def test_a_training_that_takes_too_long_is_canceled(mock: MockTransport) -> None:
    """The error carries it, and says what was done."""
    client = Client(transport=mock)
    training = training_of(client)
    with pytest.raises(RunTimeoutError, match=f"training {training.id} of acme/echo did not end within 5 s") as caught:
        client.trainings.wait(training, timeout=5)
    assert caught.value.training is not None
    assert (caught.value.training.id, caught.value.training.status) == (training.id, "canceled")
    assert caught.value.prediction is None
    assert mock.clock.now() == 5
    with pytest.raises(RunTimeoutError, match="it goes on") as caught:
        client.trainings.wait(training_of(client), timeout=5, cancel_on_exit=False)
    assert caught.value.training is not None
    assert (client.trainings.wait(caught.value.training)).status == "succeeded"


def test_an_interruption_cancels_the_training(mock: MockTransport) -> None:
    """With its id in the note."""
    client = Client(transport=mock)

    def interrupt(update: TrainingUpdate) -> None:
        raise KeyboardInterrupt

    training = training_of(client)
    with pytest.raises(KeyboardInterrupt) as caught:
        client.trainings.wait(training.id, on_update=interrupt)
    assert caught.value.__notes__ == [f"while waiting for training {training.id} of acme/echo, now canceled"]
    assert (client.trainings.get(training)).status == "canceled"


def test_a_training_that_cannot_be_looked_at_goes_on(mock: MockTransport) -> None:
    """The note says how to wait for it again."""
    client = Client(transport=mock, retries=0)
    training = training_of(client)
    mock.disconnect("trainings.get")
    with pytest.raises(APIConnectionError) as caught:
        client.trainings.wait(training)
    again = f"client.trainings.wait({training.id!r})"
    assert caught.value.__notes__ == [f"training {training.id} of acme/echo goes on; wait for it again with {again}"]
    assert (client.trainings.wait(training)).status == "succeeded"


@pytest.mark.parametrize("wrong", [None, 5, ""])
def test_what_is_no_training_is_refused_before_any_request(mock: MockTransport, wrong: Any) -> None:
    """The argument is named."""
    with pytest.raises((TypeError, ValueError), match="training must"):
        Client(transport=mock).trainings.wait(wrong)
    assert mock.requests == []
