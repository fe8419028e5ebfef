"""What there is in the mock service, by name."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from replicate_typed.suggestions import did_you_mean
from replicate_typed.transports.mock.problems import invalid_version, not_found

if TYPE_CHECKING:
    from replicate_typed.transports.mock.collections import MockCollection
    from replicate_typed.transports.mock.deployments import MockDeployment
    from replicate_typed.transports.mock.models import MockModel, MockVersion
    from replicate_typed.transports.mock.pools import Pool
    from replicate_typed.transports.mock.predictions import MockPrediction
    from replicate_typed.transports.mock.trainings import MockTraining


class Catalogue:
    """Everything there is, in order of its making; to ask for what there is not is a problem that names it."""

    def __init__(self) -> None:
        self.lock: threading.RLock = threading.RLock()
        self.models: dict[str, MockModel] = {}
        self.versions: dict[str, MockVersion] = {}
        self.deployments: dict[str, MockDeployment] = {}
        self.collections: dict[str, MockCollection] = {}
        self.predictions: list[MockPrediction] = []
        self.trainings: list[MockTraining] = []
        self._predictions: dict[str, MockPrediction] = {}
        self._trainings: dict[str, MockTraining] = {}

    def model(self, name: str) -> MockModel:
        """The model of this name; a problem if there is none."""
        with self.lock:
            if name not in self.models:
                raise not_found(f"The model {name}", did_you_mean(name, self.models))
            return self.models[name]

    def version(self, name: str, id: str) -> MockVersion:
        """That version of that model."""
        for version in self.model(name).versions:
            if version.id == id:
                return version
        raise not_found(f"The version {id} of {name}")

    def deployment(self, name: str) -> MockDeployment:
        with self.lock:
            if name not in self.deployments:
                raise not_found(f"The deployment {name}", did_you_mean(name, self.deployments))
            return self.deployments[name]

    def collection(self, slug: str) -> MockCollection:
        with self.lock:
            if slug not in self.collections:
                raise not_found(f"The collection {slug}", did_you_mean(slug, self.collections))
            return self.collections[slug]

    def prediction(self, id: str) -> MockPrediction:
        with self.lock:
            if id not in self._predictions:
                raise not_found(f"The prediction {id}")
            return self._predictions[id]

    def training(self, id: str) -> MockTraining:
        with self.lock:
            if id not in self._trainings:
                raise not_found(f"The training {id}")
            return self._trainings[id]

    def run(self, id: str) -> MockPrediction | MockTraining:
        """The prediction of this id, or the training: its first answer has the addresses of a prediction."""
        with self.lock:
            return self._trainings[id] if id in self._trainings else self.prediction(id)

    def runnable(self, reference: str) -> MockVersion:
        """The version meant by `owner/name` (official models only), `owner/name:id` or an id."""
        name, _, id = reference.rpartition(":") if ":" in reference else ("", "", reference)
        with self.lock:
            if "/" in id:
                model = self.models.get(id)
                if model and model.official and model.latest:
                    return model.latest
            elif (version := self.versions.get(id)) and name in ("", version.model):
                return version
        raise invalid_version()

    def pool_of(self, prediction: MockPrediction) -> Pool:
        """The instances that a prediction waits for."""
        with self.lock:
            deployment = self.deployments.get(prediction.deployment or "")
            return deployment.pool if deployment else prediction.version.pool
