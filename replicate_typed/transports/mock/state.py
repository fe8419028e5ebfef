"""What the mock service knows: models, deployments, predictions; safe to use from many threads."""

from __future__ import annotations

import base64
import hashlib
import threading
from typing import TYPE_CHECKING, Any

from replicate_typed.transports.mock.models import MockDeployment, MockModel, MockVersion
from replicate_typed.transports.mock.predictions import MockPrediction
from replicate_typed.transports.mock.problems import invalid_version, not_found

if TYPE_CHECKING:
    from collections.abc import Callable


class State:
    """Everything made so far, in order. Models' functions are never run with the lock held."""

    def __init__(self, *, seed: int, page_size: int) -> None:
        self.page_size = page_size
        self._seed = seed
        self._sequence = 0
        self._models: dict[str, MockModel] = {}
        self._deployments: dict[str, MockDeployment] = {}
        self._predictions: dict[str, MockPrediction] = {}
        self._lock = threading.RLock()

    def add_version(
        self,
        name: str,
        function: Callable[..., Any],
        *,
        id: str | None,
        starting: int,
        processing: int,
        description: str | None,
        official: bool,
        now: int,
    ) -> None:
        """A new version of the model, which is made if there is none of this name."""
        with self._lock:
            model = self._models.get(name) or MockModel(name, description, official)
            id = id or hashlib.sha256(f"{name}/{len(model.versions)}".encode()).hexdigest()
            if any(id == version.id for other in self._models.values() for version in other.versions):
                raise ValueError(f"there is a version {id} already")
            version = MockVersion(id, name, function, starting, processing, now, self._next())
            model.versions.append(version)
            model.official = official
            model.description = model.description if description is None else description
            self._models[name] = model

    def add_deployment(self, name: str, model: str, now: int) -> None:
        """A deployment of the latest version of a model."""
        with self._lock:
            if model not in self._models:
                raise ValueError(f"there is no model {model} to deploy; register it first")
            self._deployments[name] = MockDeployment(name, self._models[model].latest, now, self._next())

    def add_prediction(
        self, version: MockVersion, input: dict[str, Any], *, deployment: str | None, now: int
    ) -> MockPrediction:
        """A new prediction, starting."""
        with self._lock:
            # base32 has the letters and digits of the service's ids; 26 of its 32 for this much of the digest
            digest = hashlib.sha256(f"{self._seed}/{len(self._predictions)}".encode()).digest()
            id = base64.b32encode(digest).decode().lower()[:26]
            prediction = MockPrediction(id, version, input, now, self._next(), deployment)
            self._predictions[id] = prediction
            self._models[version.model].run_count += 1
            return prediction

    def models(self) -> list[MockModel]:
        """All models, in the order they were first registered."""
        with self._lock:
            return list(self._models.values())

    def model(self, name: str) -> MockModel:
        with self._lock:
            if name not in self._models:
                raise not_found(f"The model {name}")
            return self._models[name]

    def versions(self, name: str) -> list[MockVersion]:
        """A model's versions, oldest first."""
        with self._lock:
            return list(self.model(name).versions)

    def deployments(self) -> list[MockDeployment]:
        """All deployments, oldest first."""
        with self._lock:
            return sorted(self._deployments.values(), key=lambda deployment: deployment.sequence)

    def deployment(self, name: str) -> MockDeployment:
        with self._lock:
            if name not in self._deployments:
                raise not_found(f"The deployment {name}")
            return self._deployments[name]

    def predictions(self) -> list[MockPrediction]:
        """All predictions, oldest first."""
        with self._lock:
            return list(self._predictions.values())

    def prediction(self, id: str) -> MockPrediction:
        with self._lock:
            if id not in self._predictions:
                raise not_found(f"The prediction {id}")
            return self._predictions[id]

    def runnable(self, reference: str) -> MockVersion:
        """The version meant by `owner/name` (official models only), `owner/name:id` or an id."""
        name, _, id = reference.rpartition(":") if ":" in reference else ("", "", reference)
        with self._lock:
            if "/" in id:
                model = self._models.get(id)
                if model and model.official:
                    return model.latest
            else:
                for model in self._models.values():
                    for version in model.versions:
                        if version.id == id and name in ("", model.name):
                            return version
        raise invalid_version()

    def _next(self) -> int:
        self._sequence += 1
        return self._sequence
