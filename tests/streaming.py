"""Reading the mock service's streams, as the standard says."""

from __future__ import annotations

from typing import Any

import httpx

Told = tuple[str, str, str]
"""An event's name, id and data."""


def events_in(content: bytes) -> list[Told]:
    """The events of a stream, read as the standard says; comments are skipped."""
    assert content.endswith(b"\n\n")
    events: list[Told] = []
    for block in content.decode().split("\n\n")[:-1]:
        fields: dict[str, list[str]] = {}
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            fields.setdefault(name, []).append(value.removeprefix(" "))
        if "event" in fields:
            events.append((fields["event"][0], fields["id"][0], "\n".join(fields["data"])))
    return events


def whole(client: httpx.Client, prediction: dict[str, Any], last: str | None = None) -> list[Told]:
    response = client.get(prediction["urls"]["stream"], headers={} if last is None else {"last-event-id": last})
    assert response.status_code == 200
    return events_in(response.content)


def text(told: list[Told], name: str) -> str:
    return "".join(data for event, _, data in told if event == name)
