"""The service that the clients of others are tested against."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from replicate_typed import MockTransport

mock = MockTransport()

# More than a page of 25 has.
for number in range(30):
    mock.reply(f"acme/filler-{number:02}", number)


@mock.model("acme/echo", starting=0.02, processing=0.05, description="Says it again")
def echo(prompt: str, times: int = 1) -> str:
    mock.log(f"echoing {prompt}")
    return " ".join([prompt] * times)


@mock.model("acme/words", starting=0.02, processing=0.2)
def words(text: str) -> Iterator[str]:
    for word in text.split(","):
        mock.log(f"saying {word}")
        yield word


@mock.model("acme/reader", starting=0.02, processing=0.05)
def reader(file: Path) -> str:
    return file.read_text()


@mock.model("acme/painter", starting=0.02, processing=0.05)
def painter(prompt: str) -> Path:
    picture = Path(tempfile.mkdtemp()) / "picture.png"
    picture.write_bytes(b"PNG of " + prompt.encode())
    return picture


@mock.model("acme/broken", starting=0.02, processing=0.05)
def broken(prompt: str) -> str:
    mock.log(f"breaking {prompt}")
    raise RuntimeError("out of memory")


@mock.model("acme/stumbling", starting=0.02, processing=0.4)
def stumbling() -> Iterator[str]:
    yield "one"
    raise RuntimeError("out of memory")


@mock.model("acme/slow", starting=0.02, processing=60)
def slow() -> str:
    return "late"


@mock.model("acme/community", official=False, starting=0.02, processing=0.05)
def community(prompt: str) -> str:
    return prompt


@mock.model("acme/secret", official=False, visibility="private")
def secret() -> str:
    return "first"


@mock.model("acme/trained", official=False, starting=0.02, processing=0.05)
def trained(prompt: str) -> str:
    return prompt


@mock.training("acme/trained", starting=0.02, processing=0.2)
def train(steps: int = 10) -> None:
    mock.log(f"training for {steps} steps")


mock.deployment("acme/front", model="acme/echo")
mock.collection("small-models", models=["acme/echo", "acme/words"])
mock.example("acme/echo", {"prompt": "an example"})
