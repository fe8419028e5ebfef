"""Mistakes that an editor underlines as they are made: what it says stands beside each, first mypy's, then pyright's.

Nothing here was run to find them. The client finds most of them, too, before anything is sent.
"""

from __future__ import annotations

from models.painter import painter
from models.poet import poet

from replicate_typed import AsyncClient, Client, Prediction, PredictionStatus


def inputs() -> None:
    painter()  # call-arg | reportCallIssue
    painter(promt="a fox")  # call-arg | reportCallIssue
    painter("a fox")  # call-arg | reportCallIssue
    painter(prompt=5)  # arg-type | reportArgumentType
    painter(prompt="a fox", aspect_ratio="4:3")  # arg-type | reportArgumentType
    painter(prompt="a fox", num_outputs="2")  # arg-type | reportArgumentType
    painter(prompt="a fox", image=3.5)  # arg-type | reportArgumentType
    poet(prompt="a fox")  # call-arg | reportCallIssue


def calls(client: Client) -> None:
    client.run(painter)  # call-overload | reportCallIssue, reportArgumentType
    client.run(painter(prompt="a fox"), {"num_outputs": 2})  # call-overload | reportCallIssue, reportArgumentType
    client.run(painter(prompt="a fox"), timout=60)  # call-overload | reportCallIssue
    client.run(painter(prompt="a fox"), timeout="60")  # call-overload | reportCallIssue, reportArgumentType
    client.run(painter(prompt="a fox", timeout=60))  # call-arg | reportCallIssue
    client.runn(poet(subject="a fox"))  # attr-defined | reportAttributeAccessIssue


def outputs(client: Client) -> None:
    client.run(painter(prompt="a fox")).save("fox.png")  # attr-defined | reportAttributeAccessIssue
    client.run(painter(prompt="a fox"))[0].sav("fox.png")  # attr-defined | reportAttributeAccessIssue
    client.run(poet(subject="a fox")).read()  # attr-defined | reportAttributeAccessIssue
    number: int = client.run(poet(subject="a fox"))  # assignment | reportAssignmentType
    print(number)
    client.submit(poet(subject="a fox")).result().reed()  # attr-defined | reportAttributeAccessIssue


async def colours(client: AsyncClient) -> None:
    client.run(poet(subject="a fox")).upper()  # attr-defined | reportAttributeAccessIssue
    client.run(poet(subject="a fox"))  # unused-coroutine | reportUnusedCoroutine
    for event in client.stream(poet(subject="a fox")):  # attr-defined | reportGeneralTypeIssues
        print(event)


def predictions(prediction: Prediction) -> None:
    print(prediction.statuss)  # attr-defined | reportAttributeAccessIssue
    prediction.logs.splitlines()  # union-attr | reportOptionalMemberAccess
    if prediction.status is PredictionStatus.SUCCEDED:  # attr-defined | reportAttributeAccessIssue
        print(prediction.output)
