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
    from replicate_typed import errors as errors, models as models, webhooks as webhooks
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
    from replicate_typed.clock import Clock as Clock, SystemClock as SystemClock
    from replicate_typed.default import (
        attach as attach,
        paginate as paginate,
        run as run,
        stream as stream,
        submit as submit,
        wait as wait,
    )
    from replicate_typed.errors import (
        AmbiguousCreateError as AmbiguousCreateError,
        APIConnectionError as APIConnectionError,
        APIStatusError as APIStatusError,
        APITimeoutError as APITimeoutError,
        AuthenticationError as AuthenticationError,
        BadRequestError as BadRequestError,
        CassetteError as CassetteError,
        ClosedClientError as ClosedClientError,
        ConflictError as ConflictError,
        DuplicateWebhookError as DuplicateWebhookError,
        InputProblem as InputProblem,
        InternalServerError as InternalServerError,
        InvalidInputError as InvalidInputError,
        MissingTokenError as MissingTokenError,
        ModelError as ModelError,
        NetworkRefusedError as NetworkRefusedError,
        NotFoundError as NotFoundError,
        NotSupportedError as NotSupportedError,
        PaymentRequiredError as PaymentRequiredError,
        PermissionDeniedError as PermissionDeniedError,
        PredictionAbortedError as PredictionAbortedError,
        PredictionCanceledError as PredictionCanceledError,
        PredictionFailedError as PredictionFailedError,
        RateLimitError as RateLimitError,
        ReplicateError as ReplicateError,
        RunTimeoutError as RunTimeoutError,
        StreamInterruptedError as StreamInterruptedError,
        UndecodableOutputError as UndecodableOutputError,
        UndecodableResponseError as UndecodableResponseError,
        UnprocessableEntityError as UnprocessableEntityError,
        UnusableSchemaError as UnusableSchemaError,
        WebhookVerificationError as WebhookVerificationError,
    )
    from replicate_typed.events import Event as Event, EventType as EventType
    from replicate_typed.logs import Progress as Progress
    from replicate_typed.models import (
        Deployment as Deployment,
        Model as Model,
        ModelVersion as ModelVersion,
        Prediction as Prediction,
        PredictionStatus as PredictionStatus,
    )
    from replicate_typed.output_files import OutputFile as OutputFile
    from replicate_typed.references import Reference as Reference
    from replicate_typed.response_headers import RateLimit as RateLimit
    from replicate_typed.responses import RawResponse as RawResponse
    from replicate_typed.transports.cassettes import RecordedTransport as RecordedTransport
    from replicate_typed.transports.mock import (
        ConcatenateIterator as ConcatenateIterator,
        Input as Input,
        MockTransport as MockTransport,
    )
    from replicate_typed.transports.protocols import AsyncTransport as AsyncTransport, Transport as Transport
    from replicate_typed.typed_models import (
        FileInput as FileInput,
        ModelCall as ModelCall,
        ModelReference as ModelReference,
    )
    from replicate_typed.updates import TrainingUpdate as TrainingUpdate, Update as Update
    from replicate_typed.virtual_clock import VirtualClock as VirtualClock
    from replicate_typed.webhooks import SeenInMemory as SeenInMemory, SeenWebhooks as SeenWebhooks, Webhook as Webhook

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
    "CassetteError",
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
    "RecordedTransport",
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
        "CassetteError": "replicate_typed.errors",
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
        "RecordedTransport": "replicate_typed.transports.cassettes",
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
