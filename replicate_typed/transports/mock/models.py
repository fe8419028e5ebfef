"""What can be run: functions as versions of models."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from replicate_typed.transports.mock.lifecycle import Work
from replicate_typed.transports.mock.replies import Replies
from replicate_typed.transports.mock.runs import Outcome, run as outcome_of
from replicate_typed.transports.mock.signatures import openapi
from replicate_typed.transports.mock.times import edge_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from replicate_typed.transports.mock.files.model_files import ModelFiles
    from replicate_typed.transports.mock.lifecycle import MockRun
    from replicate_typed.transports.mock.pools import Pool
    from replicate_typed.transports.mock.predictions import MockPrediction
    from replicate_typed.transports.mock.problems import InvalidField
    from replicate_typed.transports.mock.replies import Canned
    from replicate_typed.transports.mock.signatures.signature import Signature

COG_VERSION = "0.23.1"
"""The Cog whose schemas those of the mock's versions are like."""

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)


@frozen
class Trainer:
    """A function that trains a version; times in microseconds."""

    function: Callable[..., Any]
    signature: Signature
    starting: int
    processing: int


@define(eq=False)
class MockVersion:
    """A Python function as one version of a model; times in microseconds."""

    id: str
    model: str
    function: Callable[..., Any]
    signature: Signature
    starting: int
    processing: int
    created: int
    sequence: int
    files: ModelFiles
    pool: Pool
    trainer: Trainer | None = None
    was_trained: bool = False
    """Whether a training started from it."""
    _own_work: Work = field(init=False, repr=False)
    """What its predictions do: one for all of them, as there may be many."""

    def __attrs_post_init__(self) -> None:
        self._own_work = Work(self._perform, self.starting, self.processing, self.is_iterator)

    @property
    def is_iterator(self) -> bool:
        """Whether its output comes bit by bit."""
        return self.signature.is_iterator

    @property
    def gives_files(self) -> bool:
        """Whether there are files in its output."""
        return self.signature.gives_files

    @property
    def openapi_schema(self) -> dict[str, Any]:
        """What it takes and gives, and what its trainer does, as Cog tells it."""
        schema = self.signature.openapi_schema
        return openapi.together(schema, self.trainer.signature.openapi_schema) if self.trainer else schema

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "created_at": edge_time(self.created),
            "cog_version": COG_VERSION,
            "openapi_schema": self.openapi_schema,
        }

    def work(self, canned: Canned | None) -> Work:
        """What a prediction of it does."""
        if canned is None:
            return self._own_work
        outcome = canned.outcome.bit_by_bit() if self.is_iterator else canned.outcome
        if canned.after is None:
            return Work(lambda _: outcome, self.starting, self.processing, self.is_iterator)
        starting = min(self.starting, canned.after)
        return Work(lambda _: outcome, starting, canned.after - starting, self.is_iterator)

    def training_work(self) -> Work:
        """What a training of it does."""
        assert self.trainer is not None
        trainer = self.trainer
        return Work(
            lambda training: self._outcome_of(trainer.function, trainer.signature, training),
            trainer.starting,
            trainer.processing,
            is_iterator=False,
        )

    def misfits(self, input: Mapping[str, Any]) -> list[InvalidField]:
        """What in the input does not fit the function's annotations."""
        return self.signature.misfits(input)

    def training_misfits(self, input: Mapping[str, Any]) -> list[InvalidField]:
        """What in the input does not fit the annotations of its trainer."""
        assert self.trainer is not None
        return self.trainer.signature.misfits(input)

    def _perform(self, prediction: MockRun) -> Outcome:
        return self._outcome_of(self.function, self.signature, prediction)

    def _outcome_of(self, function: Callable[..., Any], signature: Signature, run: MockRun) -> Outcome:
        publish = partial(self.files.publish, run=run)
        return outcome_of(
            function,
            lambda: signature.arguments(run.input, self.files.open),
            lambda output: signature.json_of(output, publish),
        )


@define(eq=False)
class MockModel:
    """A model and its versions, oldest first."""

    name: str
    created: int
    sequence: int
    description: str | None = None
    visibility: str = "public"
    official: bool = False
    hardware: str = "cpu"
    github_url: str | None = None
    paper_url: str | None = None
    license_url: str | None = None
    weights_url: str | None = None
    cover_image_url: str | None = None
    readme: str | None = None
    versions: list[MockVersion] = field(factory=list[MockVersion])
    examples: list[MockPrediction] = field(factory=list["MockPrediction"])
    replies: Replies = field(factory=Replies)
    pushed: int = 0
    """How many versions it ever had."""
    run_count: int = 0

    @property
    def owner(self) -> str:
        return self.name.partition("/")[0]

    @property
    def latest(self) -> MockVersion | None:
        return self.versions[-1] if self.versions else None

    def as_json(self, now: int) -> dict[str, object]:
        owner, name = self.name.split("/")
        return {
            "url": f"https://replicate.com/{self.name}",
            "owner": owner,
            "name": name,
            "description": self.description,
            "visibility": self.visibility,
            "is_official": self.official,
            "github_url": self.github_url,
            "paper_url": self.paper_url,
            "license_url": self.license_url,
            "weights_url": self.weights_url,
            "cover_image_url": self.cover_image_url,
            "run_count": self.run_count,
            "default_example": self.examples[0].database_json(now) if self.examples else None,
            "created_at": edge_time(self.created),
            "latest_version": self.latest.as_json() if self.latest else None,
        }


def checked_name(name: str) -> str:
    """The name, if it is an `owner/name`."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"a name is 'owner/name', not {name!r}")
    return name
