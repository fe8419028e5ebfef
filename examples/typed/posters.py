"""Posters: pictures and a poem of a subject, from models whose inputs and outputs have types.

Try it on the service in memory:

    REPLICATE_TRANSPORT=mock:service.py python posters.py foxes owls
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from models.painter import painter
from models.poet import poet

from replicate_typed import AsyncClient, Client, OutputFile

PATIENCE = 60  # seconds that anybody waits for a part of a poster


@dataclass(frozen=True)
class Poster:
    pictures: list[OutputFile]
    poem: str


def poster(client: Client, subject: str) -> Poster:
    """A poster of a subject."""
    pictures = client.run(painter(prompt=subject, aspect_ratio="3:2", num_outputs=2), timeout=PATIENCE)
    poem = client.run(poet(subject=subject), timeout=PATIENCE)
    return Poster(pictures, poem)


async def posters(client: AsyncClient, subjects: Sequence[str]) -> list[Poster]:
    """A poster of each subject; all of them are made side by side."""

    async def one(subject: str) -> Poster:
        pictures, poem = await asyncio.gather(
            client.run(painter(prompt=subject, aspect_ratio="3:2", num_outputs=2), timeout=PATIENCE),
            client.run(poet(subject=subject), timeout=PATIENCE),
        )
        return Poster(pictures, poem)

    return await asyncio.gather(*map(one, subjects))


async def show_side_by_side(subjects: Sequence[str]) -> None:
    async with AsyncClient() as client:
        for each in await posters(client, subjects):
            print(each.poem, *each.pictures)


def main(first: str, *others: str) -> None:
    with Client() as client:
        made = poster(client, first)
        print(made.poem, *made.pictures)
    asyncio.run(show_side_by_side(others))


if __name__ == "__main__":
    main(*sys.argv[1:])
