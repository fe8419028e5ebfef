"""What the mock service knows; safe to use from many threads."""

from __future__ import annotations

import base64
import hashlib
import sys
from typing import TYPE_CHECKING, Any

from replicate_typed.transports.mock.accounts import account_json
from replicate_typed.transports.mock.addresses import ROOT
from replicate_typed.transports.mock.catalogue import Catalogue
from replicate_typed.transports.mock.deployments import MockDeployment, Release
from replicate_typed.transports.mock.files.model_files import ModelFiles
from replicate_typed.transports.mock.files.uploads import Files
from replicate_typed.transports.mock.models import MockModel, MockVersion
from replicate_typed.transports.mock.pools import Pool
from replicate_typed.transports.mock.predictions import MockExample, MockPrediction
from replicate_typed.transports.mock.times import NEVER
from replicate_typed.transports.mock.trainings import MockTraining

if TYPE_CHECKING:
    from collections.abc import Callable

    from replicate_typed.transports.mock.webhooks.couriers import Webhooks

_PAGE_SIZES = {"predictions": 100, "trainings": 100, "files": 100}  # as documented; of models, 25 were recorded


class State(Catalogue):
    """Everything made so far, in order. Models' functions are never run with the lock held."""

    def __init__(
        self, *, seed: int, account: str, page_size: int | None, now: Callable[[], int], webhooks: Webhooks
    ) -> None:
        super().__init__()
        self.account: str = account
        self.account_json: dict[str, object] = account_json(account)
        self.now: Callable[[], int] = now
        """The present instant."""
        self.webhooks: Webhooks = webhooks
        self._unsettled: list[MockTraining] = []
        self._doomed: dict[MockVersion, int] = {}
        self.files: Files = Files(seed=seed, account=account, now=now)
        self.model_files: ModelFiles = ModelFiles(self.files, now)
        self._page_size = page_size
        self._seed = seed
        self._sequence = 0

    def page_size(self, kind: str) -> int:
        """How many there are on a page."""
        return self._page_size or _PAGE_SIZES.get(kind, 25)

    def next_sequence(self) -> int:
        """A number for something new, higher than all before."""
        with self.lock:
            self._sequence += 1
            return self._sequence

    def new_id(self, kind: str, number: int) -> str:
        """The id of the so-manieth of a kind."""
        # base32 has the letters and digits of the service's ids; 26 of its 32 for this much of the digest
        digest = hashlib.sha256(f"{self._seed}/{kind}/{number}".encode()).digest()
        return base64.b32encode(digest).decode().lower()[:26]

    def add_model(self, name: str, **details: Any) -> MockModel:
        """A new model, without versions."""
        with self.lock:
            model = self.models[name] = MockModel(name, self.now(), self.next_sequence(), **details)
            return model

    def add_version(self, version: MockVersion) -> None:
        """A new version of its model."""
        with self.lock:
            model = self.models[version.model]
            model.versions.append(version)
            model.pushed += 1
            self.versions[version.id] = version

    def doom(self, version: MockVersion, at: int) -> None:
        """Let the version be gone from an instant on, if not before."""
        with self.lock:
            self._doomed.setdefault(version, at)

    def is_doomed(self, version: MockVersion) -> bool:
        """Whether the version is about to go."""
        with self.lock:
            return version in self._doomed

    def _remove(self, version: MockVersion) -> None:
        with self.lock:
            self.models[version.model].versions.remove(version)
            self.versions.pop(version.id)
            for model in self.models.values():
                model.examples = [example for example in model.examples if example.version is not version]
            gone = {prediction for prediction in self._predictions.values() if prediction.version is version}
            self.predictions[:] = [prediction for prediction in self.predictions if prediction not in gone]
            for prediction in gone:
                del self._predictions[prediction.id]
            self.model_files.forget(gone)

    def add_deployment(
        self,
        name: str,
        version: MockVersion,
        *,
        hardware: str,
        min_instances: int,
        max_instances: int,
    ) -> MockDeployment:
        """A new deployment with its first release."""
        with self.lock:
            release = Release(1, version, self.now(), hardware, min_instances, max_instances)
            pool = Pool(max_instances, version.pool.boot, min_instances)
            deployment = MockDeployment(name, release, self.next_sequence(), self.account_json, pool)
            self.deployments[name] = deployment
            return deployment

    def add_prediction(
        self,
        version: MockVersion,
        input: dict[str, Any],
        *,
        root: str,
        deployment: MockDeployment | None = None,
        deadline: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: list[str] | None = None,
    ) -> MockPrediction:
        """A new prediction, starting."""
        with self.lock:
            now = self.now()
            model = self.models[version.model]
            work = version.work(model.replies.take())
            prediction = MockPrediction(
                id=self.new_id("prediction", self.next_sequence()),
                version=version,
                work=work,
                input=input,
                created=now,
                sequence=self._sequence,
                root=sys.intern(root),
                starts=now + work.starting,
                deployment=deployment.name if deployment else None,
                deadline=None if deadline is None else min(now + deadline, NEVER),
                webhook=webhook,
                webhook_events_filter=None if webhook_events_filter is None else tuple(webhook_events_filter),
            )
            (deployment or version).pool.admit(prediction)
            self.predictions.append(prediction)
            self._predictions[prediction.id] = prediction
            self.webhooks.follow(prediction)
            model.run_count += 1
            return prediction

    def new_example(self, version: MockVersion, input: dict[str, Any]) -> MockExample:
        """A prediction that has just ended, not shown anywhere yet."""
        with self.lock:
            work = version.work(self.models[version.model].replies.next)
            created = self.now() - work.starting - work.processing
            return MockExample(
                id=self.new_id("prediction", self.next_sequence()),
                version=version,
                work=work,
                input=input,
                created=created,
                sequence=self._sequence,
                root=ROOT,
                starts=created + work.starting,
            )

    def add_example(self, example: MockExample) -> None:
        """Show it with its model, after those there are."""
        with self.lock:
            self.models[example.version.model].examples.append(example)
            self._predictions[example.id] = example

    def add_training(
        self,
        version: MockVersion,
        destination: str,
        input: dict[str, Any],
        *,
        root: str,
        webhook: str | None = None,
        webhook_events_filter: list[str] | None = None,
    ) -> MockTraining:
        """A new training, starting."""
        with self.lock:
            now = self.now()
            id = self.new_id("training", self.next_sequence())
            work = version.training_work()
            training = MockTraining(
                id=id,
                version=version,
                work=work,
                input=input,
                created=now,
                sequence=self._sequence,
                root=sys.intern(root),
                starts=now + work.starting,
                destination=destination,
                new_version=hashlib.sha256(f"trained by {id}".encode()).hexdigest(),
                webhook=webhook,
                webhook_events_filter=None if webhook_events_filter is None else tuple(webhook_events_filter),
            )
            version.was_trained = True
            self.trainings.append(training)
            self._trainings[id] = training
            self._unsettled.append(training)
            self.webhooks.follow(training)
            return training

    def settle(self) -> None:
        """Do what has happened by now: versions of trainings that have succeeded appear, deleted ones go."""
        now = self.now()
        with self.lock:
            for version in [version for version, at in self._doomed.items() if at <= now]:
                del self._doomed[version]
                self._remove(version)
            ended = [training for training in self._unsettled if training.ends <= now]
        ended.sort(key=lambda training: training.ends)
        for training in ended:  # without the lock: it may be looked at for the first time, and run its function
            succeeded = training.at(now).status == "succeeded"
            with self.lock:
                if training not in self._unsettled:
                    continue
                self._unsettled.remove(training)
                if succeeded and training.destination in self.models:
                    self.add_version(training.made_version(self.next_sequence()))
