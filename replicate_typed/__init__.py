"""The typed Python client for Replicate's HTTP API.

    from replicate_typed import Client

    output = Client().run("owner/name", {"prompt": "an astronaut riding a horse"})

Every name here is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from replicate_api.reading import UndecodableError as UndecodableError
    from replicate_typed import errors as errors
    from replicate_typed import models as models
    from replicate_typed import webhooks as webhooks
    from replicate_typed._async.client import AsyncClient as AsyncClient
    from replicate_typed._async.cog import AsyncCogTransport as AsyncCogTransport
    from replicate_typed._async.pagination import AsyncPaginator as AsyncPaginator
    from replicate_typed._async.runs import AsyncRun as AsyncRun
    from replicate_typed._async.streams import AsyncEventStream as AsyncEventStream
    from replicate_typed._async.transports import AsyncHTTPTransport as AsyncHTTPTransport
    from replicate_typed._sync.client import Client as Client
    from replicate_typed._sync.cog import CogTransport as CogTransport
    from replicate_typed._sync.pagination import Paginator as Paginator
    from replicate_typed._sync.runs import Run as Run
    from replicate_typed._sync.streams import EventStream as EventStream
    from replicate_typed._sync.transports import HTTPTransport as HTTPTransport
    from replicate_typed.clock import Clock as Clock
    from replicate_typed.clock import SystemClock as SystemClock
    from replicate_typed.default import attach as attach
    from replicate_typed.default import paginate as paginate
    from replicate_typed.default import run as run
    from replicate_typed.default import stream as stream
    from replicate_typed.default import submit as submit
    from replicate_typed.default import wait as wait
    from replicate_typed.errors import (
        AmbiguousCreateError as AmbiguousCreateError,
    )
    from replicate_typed.errors import (
        APIConnectionError as APIConnectionError,
    )
    from replicate_typed.errors import (
        APIStatusError as APIStatusError,
    )
    from replicate_typed.errors import (
        APITimeoutError as APITimeoutError,
    )
    from replicate_typed.errors import (
        AuthenticationError as AuthenticationError,
    )
    from replicate_typed.errors import (
        BadRequestError as BadRequestError,
    )
    from replicate_typed.errors import (
        ClosedClientError as ClosedClientError,
    )
    from replicate_typed.errors import (
        ConflictError as ConflictError,
    )
    from replicate_typed.errors import (
        DuplicateWebhookError as DuplicateWebhookError,
    )
    from replicate_typed.errors import InputProblem as InputProblem
    from replicate_typed.errors import (
        InternalServerError as InternalServerError,
    )
    from replicate_typed.errors import InvalidInputError as InvalidInputError
    from replicate_typed.errors import (
        MissingTokenError as MissingTokenError,
    )
    from replicate_typed.errors import (
        ModelError as ModelError,
    )
    from replicate_typed.errors import (
        NetworkRefusedError as NetworkRefusedError,
    )
    from replicate_typed.errors import (
        NotFoundError as NotFoundError,
    )
    from replicate_typed.errors import (
        NotSupportedError as NotSupportedError,
    )
    from replicate_typed.errors import (
        PaymentRequiredError as PaymentRequiredError,
    )
    from replicate_typed.errors import (
        PermissionDeniedError as PermissionDeniedError,
    )
    from replicate_typed.errors import (
        PredictionAbortedError as PredictionAbortedError,
    )
    from replicate_typed.errors import (
        PredictionCanceledError as PredictionCanceledError,
    )
    from replicate_typed.errors import (
        PredictionFailedError as PredictionFailedError,
    )
    from replicate_typed.errors import (
        RateLimitError as RateLimitError,
    )
    from replicate_typed.errors import (
        ReplicateError as ReplicateError,
    )
    from replicate_typed.errors import (
        RunTimeoutError as RunTimeoutError,
    )
    from replicate_typed.errors import (
        StreamInterruptedError as StreamInterruptedError,
    )
    from replicate_typed.errors import UndecodableOutputError as UndecodableOutputError
    from replicate_typed.errors import (
        UndecodableResponseError as UndecodableResponseError,
    )
    from replicate_typed.errors import (
        UnprocessableEntityError as UnprocessableEntityError,
    )
    from replicate_typed.errors import UnusableSchemaError as UnusableSchemaError
    from replicate_typed.errors import (
        WebhookVerificationError as WebhookVerificationError,
    )
    from replicate_typed.events import Event as Event
    from replicate_typed.events import EventType as EventType
    from replicate_typed.logs import Progress as Progress
    from replicate_typed.models import (
        Deployment as Deployment,
    )
    from replicate_typed.models import (
        Model as Model,
    )
    from replicate_typed.models import (
        ModelVersion as ModelVersion,
    )
    from replicate_typed.models import (
        Prediction as Prediction,
    )
    from replicate_typed.models import (
        PredictionStatus as PredictionStatus,
    )
    from replicate_typed.output_files import OutputFile as OutputFile
    from replicate_typed.references import Reference as Reference
    from replicate_typed.response_headers import RateLimit as RateLimit
    from replicate_typed.responses import RawResponse as RawResponse
    from replicate_typed.transports.mock import ConcatenateIterator as ConcatenateIterator
    from replicate_typed.transports.mock import Input as Input
    from replicate_typed.transports.mock import MockTransport as MockTransport
    from replicate_typed.transports.protocols import AsyncTransport as AsyncTransport
    from replicate_typed.transports.protocols import Transport as Transport
    from replicate_typed.typed_models import FileInput as FileInput
    from replicate_typed.typed_models import ModelCall as ModelCall
    from replicate_typed.typed_models import ModelReference as ModelReference
    from replicate_typed.updates import TrainingUpdate as TrainingUpdate
    from replicate_typed.updates import Update as Update
    from replicate_typed.virtual_clock import VirtualClock as VirtualClock
    from replicate_typed.webhooks import SeenInMemory as SeenInMemory
    from replicate_typed.webhooks import SeenWebhooks as SeenWebhooks
    from replicate_typed.webhooks import Webhook as Webhook

__all__ = [
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AmbiguousCreateError",
    "AsyncClient",
    "AsyncCogTransport",
    "AsyncEventStream",
    "AsyncHTTPTransport",
    "AsyncPaginator",
    "AsyncRun",
    "AsyncTransport",
    "AuthenticationError",
    "BadRequestError",
    "Client",
    "Clock",
    "ClosedClientError",
    "CogTransport",
    "ConcatenateIterator",
    "ConflictError",
    "Deployment",
    "DuplicateWebhookError",
    "Event",
    "EventStream",
    "EventType",
    "FileInput",
    "HTTPTransport",
    "Input",
    "InputProblem",
    "InternalServerError",
    "InvalidInputError",
    "MissingTokenError",
    "MockTransport",
    "Model",
    "ModelCall",
    "ModelError",
    "ModelReference",
    "ModelVersion",
    "NetworkRefusedError",
    "NotFoundError",
    "NotSupportedError",
    "OutputFile",
    "Paginator",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "Prediction",
    "PredictionAbortedError",
    "PredictionCanceledError",
    "PredictionFailedError",
    "PredictionStatus",
    "Progress",
    "RateLimit",
    "RateLimitError",
    "RawResponse",
    "Reference",
    "ReplicateError",
    "Run",
    "RunTimeoutError",
    "SeenInMemory",
    "SeenWebhooks",
    "StreamInterruptedError",
    "SystemClock",
    "TrainingUpdate",
    "Transport",
    "UndecodableError",
    "UndecodableOutputError",
    "UndecodableResponseError",
    "UnprocessableEntityError",
    "UnusableSchemaError",
    "Update",
    "VirtualClock",
    "Webhook",
    "WebhookVerificationError",
    "__version__",
    "attach",
    "errors",
    "models",
    "paginate",
    "run",
    "stream",
    "submit",
    "wait",
    "webhooks",
]

if not TYPE_CHECKING:  # seen by checkers, it would let every misspelt name pass
    from replicate_typed.lazy_names import lazy_names

    _HOMES = {
        "APIConnectionError": "replicate_typed.errors",
        "APIStatusError": "replicate_typed.errors",
        "APITimeoutError": "replicate_typed.errors",
        "AmbiguousCreateError": "replicate_typed.errors",
        "AsyncClient": "replicate_typed._async.client",
        "AsyncCogTransport": "replicate_typed._async.cog",
        "AsyncEventStream": "replicate_typed._async.streams",
        "AsyncHTTPTransport": "replicate_typed._async.transports",
        "AsyncPaginator": "replicate_typed._async.pagination",
        "AsyncRun": "replicate_typed._async.runs",
        "AsyncTransport": "replicate_typed.transports.protocols",
        "AuthenticationError": "replicate_typed.errors",
        "BadRequestError": "replicate_typed.errors",
        "Client": "replicate_typed._sync.client",
        "Clock": "replicate_typed.clock",
        "ClosedClientError": "replicate_typed.errors",
        "CogTransport": "replicate_typed._sync.cog",
        "ConcatenateIterator": "replicate_typed.transports.mock",
        "ConflictError": "replicate_typed.errors",
        "Deployment": "replicate_typed.models",
        "DuplicateWebhookError": "replicate_typed.errors",
        "Event": "replicate_typed.events",
        "EventStream": "replicate_typed._sync.streams",
        "EventType": "replicate_typed.events",
        "FileInput": "replicate_typed.typed_models",
        "HTTPTransport": "replicate_typed._sync.transports",
        "Input": "replicate_typed.transports.mock",
        "InputProblem": "replicate_typed.errors",
        "InternalServerError": "replicate_typed.errors",
        "InvalidInputError": "replicate_typed.errors",
        "MissingTokenError": "replicate_typed.errors",
        "MockTransport": "replicate_typed.transports.mock",
        "Model": "replicate_typed.models",
        "ModelCall": "replicate_typed.typed_models",
        "ModelError": "replicate_typed.errors",
        "ModelReference": "replicate_typed.typed_models",
        "ModelVersion": "replicate_typed.models",
        "NetworkRefusedError": "replicate_typed.errors",
        "NotFoundError": "replicate_typed.errors",
        "NotSupportedError": "replicate_typed.errors",
        "OutputFile": "replicate_typed.output_files",
        "Paginator": "replicate_typed._sync.pagination",
        "PaymentRequiredError": "replicate_typed.errors",
        "PermissionDeniedError": "replicate_typed.errors",
        "Prediction": "replicate_typed.models",
        "PredictionAbortedError": "replicate_typed.errors",
        "PredictionCanceledError": "replicate_typed.errors",
        "PredictionFailedError": "replicate_typed.errors",
        "PredictionStatus": "replicate_typed.models",
        "Progress": "replicate_typed.logs",
        "RateLimit": "replicate_typed.response_headers",
        "RateLimitError": "replicate_typed.errors",
        "RawResponse": "replicate_typed.responses",
        "Reference": "replicate_typed.references",
        "ReplicateError": "replicate_typed.errors",
        "Run": "replicate_typed._sync.runs",
        "RunTimeoutError": "replicate_typed.errors",
        "SeenInMemory": "replicate_typed.webhooks",
        "SeenWebhooks": "replicate_typed.webhooks",
        "StreamInterruptedError": "replicate_typed.errors",
        "SystemClock": "replicate_typed.clock",
        "TrainingUpdate": "replicate_typed.updates",
        "Transport": "replicate_typed.transports.protocols",
        "UndecodableError": "replicate_api.reading",
        "UndecodableOutputError": "replicate_typed.errors",
        "UndecodableResponseError": "replicate_typed.errors",
        "UnprocessableEntityError": "replicate_typed.errors",
        "UnusableSchemaError": "replicate_typed.errors",
        "Update": "replicate_typed.updates",
        "VirtualClock": "replicate_typed.virtual_clock",
        "Webhook": "replicate_typed.webhooks",
        "WebhookVerificationError": "replicate_typed.errors",
        "attach": "replicate_typed.default",
        "errors": "replicate_typed.errors",
        "models": "replicate_typed.models",
        "paginate": "replicate_typed.default",
        "run": "replicate_typed.default",
        "stream": "replicate_typed.default",
        "submit": "replicate_typed.default",
        "wait": "replicate_typed.default",
        "webhooks": "replicate_typed.webhooks",
    }
    __getattr__, __dir__ = lazy_names(__name__, _HOMES)
