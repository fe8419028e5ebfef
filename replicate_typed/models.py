# Made by scripts/regenerate from openapi.yaml; do not edit.
"""Every object of the API by name, each imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replicate_api.models.account import Account
    from replicate_api.models.account_type import AccountType
    from replicate_api.models.collection import Collection
    from replicate_api.models.collection_item import CollectionItem
    from replicate_api.models.collection_page import CollectionPage
    from replicate_api.models.deployment import Deployment
    from replicate_api.models.deployment_configuration import DeploymentConfiguration
    from replicate_api.models.deployment_page import DeploymentPage
    from replicate_api.models.deployment_release import DeploymentRelease
    from replicate_api.models.file import File
    from replicate_api.models.file_checksums import FileChecksums
    from replicate_api.models.file_page import FilePage
    from replicate_api.models.file_urls import FileUrls
    from replicate_api.models.hardware import Hardware
    from replicate_api.models.invalid_field import InvalidField
    from replicate_api.models.model import Model
    from replicate_api.models.model_page import ModelPage
    from replicate_api.models.model_sort_by import ModelSortBy
    from replicate_api.models.model_version import ModelVersion
    from replicate_api.models.model_version_page import ModelVersionPage
    from replicate_api.models.model_visibility import ModelVisibility
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.prediction_list_source import PredictionListSource
    from replicate_api.models.prediction_metrics import PredictionMetrics
    from replicate_api.models.prediction_page import PredictionPage
    from replicate_api.models.prediction_source import PredictionSource
    from replicate_api.models.prediction_status import PredictionStatus
    from replicate_api.models.prediction_urls import PredictionUrls
    from replicate_api.models.problem import Problem
    from replicate_api.models.search_collection import SearchCollection
    from replicate_api.models.search_model import SearchModel
    from replicate_api.models.search_model_metadata import SearchModelMetadata
    from replicate_api.models.search_page import SearchPage
    from replicate_api.models.search_results import SearchResults
    from replicate_api.models.sort_direction import SortDirection
    from replicate_api.models.training import Training
    from replicate_api.models.training_metrics import TrainingMetrics
    from replicate_api.models.training_output import TrainingOutput
    from replicate_api.models.training_page import TrainingPage
    from replicate_api.models.training_urls import TrainingUrls
    from replicate_api.models.webhook_event import WebhookEvent
    from replicate_api.models.webhook_secret import WebhookSecret

__all__ = [
    "Account",
    "AccountType",
    "Collection",
    "CollectionItem",
    "CollectionPage",
    "Deployment",
    "DeploymentConfiguration",
    "DeploymentPage",
    "DeploymentRelease",
    "File",
    "FileChecksums",
    "FilePage",
    "FileUrls",
    "Hardware",
    "InvalidField",
    "Model",
    "ModelPage",
    "ModelSortBy",
    "ModelVersion",
    "ModelVersionPage",
    "ModelVisibility",
    "Prediction",
    "PredictionListSource",
    "PredictionMetrics",
    "PredictionPage",
    "PredictionSource",
    "PredictionStatus",
    "PredictionUrls",
    "Problem",
    "SearchCollection",
    "SearchModel",
    "SearchModelMetadata",
    "SearchPage",
    "SearchResults",
    "SortDirection",
    "Training",
    "TrainingMetrics",
    "TrainingOutput",
    "TrainingPage",
    "TrainingUrls",
    "WebhookEvent",
    "WebhookSecret",
]

if not TYPE_CHECKING:
    _MODULES = {
        "Account": "account",
        "AccountType": "account_type",
        "Collection": "collection",
        "CollectionItem": "collection_item",
        "CollectionPage": "collection_page",
        "Deployment": "deployment",
        "DeploymentConfiguration": "deployment_configuration",
        "DeploymentPage": "deployment_page",
        "DeploymentRelease": "deployment_release",
        "File": "file",
        "FileChecksums": "file_checksums",
        "FilePage": "file_page",
        "FileUrls": "file_urls",
        "Hardware": "hardware",
        "InvalidField": "invalid_field",
        "Model": "model",
        "ModelPage": "model_page",
        "ModelSortBy": "model_sort_by",
        "ModelVersion": "model_version",
        "ModelVersionPage": "model_version_page",
        "ModelVisibility": "model_visibility",
        "Prediction": "prediction",
        "PredictionListSource": "prediction_list_source",
        "PredictionMetrics": "prediction_metrics",
        "PredictionPage": "prediction_page",
        "PredictionSource": "prediction_source",
        "PredictionStatus": "prediction_status",
        "PredictionUrls": "prediction_urls",
        "Problem": "problem",
        "SearchCollection": "search_collection",
        "SearchModel": "search_model",
        "SearchModelMetadata": "search_model_metadata",
        "SearchPage": "search_page",
        "SearchResults": "search_results",
        "SortDirection": "sort_direction",
        "Training": "training",
        "TrainingMetrics": "training_metrics",
        "TrainingOutput": "training_output",
        "TrainingPage": "training_page",
        "TrainingUrls": "training_urls",
        "WebhookEvent": "webhook_event",
        "WebhookSecret": "webhook_secret",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"replicate_api.models.{_MODULES[name]}"), name)
        globals()[name] = value
        return value

    def __dir__():
        return __all__
