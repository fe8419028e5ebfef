"""What tests and programs register with the mock service."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from replicate_typed.suggestions import did_you_mean
from replicate_typed.transports.mock.accounts import HARDWARE
from replicate_typed.transports.mock.collections import MockCollection, checked_slug
from replicate_typed.transports.mock.models import (
    MockModel,
    MockVersion,
    Trainer,
    checked_name,
)
from replicate_typed.transports.mock.pools import Pool
from replicate_typed.transports.mock.replies import Canned
from replicate_typed.transports.mock.runs import Outcome, Step, log, plain
from replicate_typed.transports.mock.signatures.signature import signature_of, training_signature_of
from replicate_typed.transports.mock.times import microseconds

if TYPE_CHECKING:
    from replicate_typed.transports.mock.state import State

Function = TypeVar("Function", bound=Callable[..., Any])

_VERSION = re.compile(r"[\w.-]+", re.ASCII)


class Registry:
    """What the mock service has, as Python registers it: models and their trainers, replies, deployments, and more."""

    def __init__(self, state: State) -> None:
        self._state = state

    def model(
        self,
        name: str,
        *,
        starting: float = 0.5,
        processing: float = 1.0,
        boot: float = 0.0,
        instances: int | None = None,
        version: str | None = None,
        description: str | None = None,
        official: bool | None = None,
        visibility: str | None = None,
    ) -> Callable[[Function], Function]:
        """Make the decorated function the newest version of a model.

        It gets a prediction's input as keyword arguments, and returns the output, yields it bit by bit, or
        raises. Its annotations are the version's `openapi_schema`, as Cog would write it, and inputs must fit
        them; a parameter without one takes anything. Limits, choices and descriptions are said with `Input`, or
        in an `Annotated`. It is run at the first look at a prediction that has started, and should return at once:
        `starting` and `processing` say how many seconds the prediction takes. A model that is not official
        runs by version only. A model is official and public unless it is told otherwise, and a new version leaves
        what is not told as it is.

        With `instances`, so many predictions run at the same time, and the others wait in line. An instance
        that is not up takes `boot` seconds more to start; it stays up for five minutes.
        """
        checked_name(name)
        if visibility is not None:
            _checked("visibility", visibility, ["public", "private"])
        starts, takes = _duration(starting), _duration(processing)
        most = math.inf if instances is None else instances
        if most < 1:
            raise ValueError(f"a model has at least one instance, not {instances}")
        if version is not None and not _VERSION.fullmatch(version):
            raise ValueError(f"a version's id is of letters, digits, '.', '_' and '-', not {version!r}")
        pool = Pool(most, _duration(boot))

        def register(function: Function) -> Function:
            signature = signature_of(function, what=name)
            state = self._state
            with state.lock:
                model = state.models.get(name)
                id = version or hashlib.sha256(f"{name}/{model.pushed if model else 0}".encode()).hexdigest()
                if id in state.versions:
                    raise ValueError(f"there is a version {id} already")
                model = model or state.add_model(name, official=True)
                model.official = model.official if official is None else official
                model.visibility = model.visibility if visibility is None else visibility
                model.description = model.description if description is None else description
                sequence = state.next_sequence()
                state.add_version(
                    MockVersion(
                        id=id,
                        model=name,
                        function=function,
                        signature=signature,
                        created=state.now(),
                        sequence=sequence,
                        files=state.model_files,
                        pool=pool,
                        starting=starts,
                        processing=takes,
                    )
                )
            return function

        return register

    def training(self, name: str, *, starting: float = 0.5, processing: float = 60.0) -> Callable[[Function], Function]:
        """Make the decorated function what trains the newest version of a model.

        It gets a training's input as keyword arguments, and returns the address of the weights, or None, or
        raises. When it has succeeded, the destination has a new version, which runs as the trained one.
        """
        starts, takes = _duration(starting), _duration(processing)

        def register(function: Function) -> Function:
            latest = self._latest(name)
            signature = training_signature_of(function, what=f"the trainer of {name}")
            latest.trainer = Trainer(function, signature, starts, takes)
            return function

        return register

    def reply(
        self,
        name: str,
        output: Any = None,
        *,
        error: str | None = None,
        logs: str | Iterable[str] = (),
        after: float | None = None,
        times: int | None = None,
    ) -> None:
        """Let a model's predictions end with this output or error, without running its function.

        Those for some predictions come first, in the order they were told; of those for all, the latest holds.

        Args:
            name: The model; one that there is none of is made, and takes any input.
            output: Any JSON; a list if the model's function yields, whose items come one by one.
            error: Why they fail, if they shall.
            logs: Lines that appear one by one.
            after: Seconds from the creation to the end; by default what the model takes.
            times: How many predictions; afterwards it is as before. By default all.
        """
        checked_name(name)
        if times is not None and times < 1:
            raise ValueError(f"a reply is given at least once, not {times} times; times=None is always")
        if not isinstance(error, str | None):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
            raise TypeError(f"the error of a reply is a text, such as {str(error)!r}, not {error!r}")
        lines = logs.splitlines() if isinstance(logs, str) else list(logs)
        outcome = Outcome(
            None if error is not None else plain(output), error, tuple(Step("logs", line) for line in lines)
        )
        canned = Canned(outcome, None if after is None else _duration(after))
        if name not in self._state.models:
            self.model(name)(_anything)
        model = self._state.models[name]
        if error is None and model.latest and model.latest.is_iterator and not isinstance(output, list | tuple):
            raise TypeError(f"{name} yields: its reply is a list of items, not {output!r}")
        model.replies.add(canned, times)

    def example(self, name: str, input: Mapping[str, Any]) -> None:
        """Run a model now, and let its page show that as an example; the first is its `default_example`.

        It belongs to the model's author, and is not among the account's predictions. Raises ValueError if the
        input does not fit, or the run fails.
        """
        latest = self._latest(name)
        if misfits := latest.misfits(input):
            raise ValueError(f"the input of the example does not fit {name}: {misfits[0].description}")
        example = self._state.new_example(latest, plain(dict(input)))
        seen = example.at(self._state.now())
        if seen.status != "succeeded":
            raise ValueError(f"the example of {name} failed: {seen.error}")
        self._state.add_example(example)

    def collection(self, slug: str, *, models: Iterable[str], name: str | None = None, description: str = "") -> None:
        """Put models together under a heading: collections are listed in the order they are made in.

        Args:
            slug: The name in addresses, such as `text-to-image`.
            models: Their names; all must be there.
            name: The heading; by default the slug's words.
            description: What the models have in common.
        """
        if checked_slug(slug) in self._state.collections:
            raise ValueError(f"there is a collection {slug} already")
        heading = slug.replace("-", " ").capitalize() if name is None else name
        names = tuple(self._registered(model).name for model in models)
        collection = MockCollection(slug, heading, description, names, self._state.next_sequence())
        self._state.collections[slug] = collection

    def deployment(
        self, name: str, *, model: str, hardware: str = "cpu", min_instances: int = 0, max_instances: int = 20
    ) -> None:
        """Deploy the newest version that the model has now."""
        latest = self._latest(checked_name(model))
        if checked_name(name) in self._state.deployments:
            raise ValueError(f"there is a deployment {name} already")
        _checked("hardware", hardware, [str(known["sku"]) for known in HARDWARE])
        if not 0 <= min_instances <= max_instances:
            raise ValueError(f"from {min_instances} to {max_instances} instances there are none")
        self._state.add_deployment(
            name, latest, hardware=hardware, min_instances=min_instances, max_instances=max_instances
        )

    def log(self, text: str) -> None:
        """Log a line; inside a model's function only. The lines become visible one by one as time passes."""
        log(text)

    def _registered(self, name: str) -> MockModel:
        if name not in self._state.models:
            raise ValueError(f"there is no model {name}; register it first{did_you_mean(name, self._state.models)}")
        return self._state.models[name]

    def _latest(self, name: str) -> MockVersion:
        latest = self._registered(name).latest
        if latest is None:
            raise ValueError(f"the model {name} has no version")
        return latest


def _checked(what: str, value: str, known: list[str]) -> None:
    if value not in known:
        raise ValueError(f"there is no {what} {value!r}{did_you_mean(value, known)}")


def _anything(**_: Any) -> None:
    """A model that only gives what it is told to."""


def _duration(seconds: float) -> int:
    if not 0 <= seconds < math.inf:
        raise ValueError(f"a duration is a finite number of seconds, zero or more, not {seconds!r}")
    return microseconds(seconds)
