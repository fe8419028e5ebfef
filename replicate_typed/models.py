# Made by scripts/regenerate from openapi.yaml; do not edit.
"""Every object of the API by name, each imported on first use."""

from __future__ import annotations

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
    from replicate_typed.lazy_names import lazy_names

    _HOMES = {
        "Account": "replicate_api.models.account",
        "AccountType": "replicate_api.models.account_type",
        "Collection": "replicate_api.models.collection",
        "CollectionItem": "replicate_api.models.collection_item",
        "CollectionPage": "replicate_api.models.collection_page",
        "Deployment": "replicate_api.models.deployment",
        "DeploymentConfiguration": "replicate_api.models.deployment_configuration",
        "DeploymentPage": "replicate_api.models.deployment_page",
        "DeploymentRelease": "replicate_api.models.deployment_release",
        "File": "replicate_api.models.file",
        "FileChecksums": "replicate_api.models.file_checksums",
        "FilePage": "replicate_api.models.file_page",
        "FileUrls": "replicate_api.models.file_urls",
        "Hardware": "replicate_api.models.hardware",
        "InvalidField": "replicate_api.models.invalid_field",
        "Model": "replicate_api.models.model",
        "ModelPage": "replicate_api.models.model_page",
        "ModelSortBy": "replicate_api.models.model_sort_by",
        "ModelVersion": "replicate_api.models.model_version",
        "ModelVersionPage": "replicate_api.models.model_version_page",
        "ModelVisibility": "replicate_api.models.model_visibility",
        "Prediction": "replicate_api.models.prediction",
        "PredictionListSource": "replicate_api.models.prediction_list_source",
        "PredictionMetrics": "replicate_api.models.prediction_metrics",
        "PredictionPage": "replicate_api.models.prediction_page",
        "PredictionSource": "replicate_api.models.prediction_source",
        "PredictionStatus": "replicate_api.models.prediction_status",
        "PredictionUrls": "replicate_api.models.prediction_urls",
        "Problem": "replicate_api.models.problem",
        "SearchCollection": "replicate_api.models.search_collection",
        "SearchModel": "replicate_api.models.search_model",
        "SearchModelMetadata": "replicate_api.models.search_model_metadata",
        "SearchPage": "replicate_api.models.search_page",
        "SearchResults": "replicate_api.models.search_results",
        "SortDirection": "replicate_api.models.sort_direction",
        "Training": "replicate_api.models.training",
        "TrainingMetrics": "replicate_api.models.training_metrics",
        "TrainingOutput": "replicate_api.models.training_output",
        "TrainingPage": "replicate_api.models.training_page",
        "TrainingUrls": "replicate_api.models.training_urls",
        "WebhookEvent": "replicate_api.models.webhook_event",
        "WebhookSecret": "replicate_api.models.webhook_secret",
    }
    __getattr__, __dir__ = lazy_names(__name__, _HOMES)
