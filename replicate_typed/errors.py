"""What can go wrong, one class a remedy.

ReplicateError
├── MissingTokenError              no API token: set REPLICATE_API_TOKEN
├── ClosedClientError              the client was closed before
├── NotSupportedError              the transport cannot do this: a Cog server has no lists, for example
├── NetworkRefusedError            a test wants the network, which `replicate_network = refuse` keeps from it
├── APIConnectionError             the service was not reached, or did not answer in full
│   └── APITimeoutError            … in time
├── APIStatusError                 the service answered with an error
│   ├── BadRequestError            400
│   ├── AuthenticationError        401
│   ├── PaymentRequiredError       402
│   ├── PermissionDeniedError      403
│   ├── NotFoundError              404
│   ├── ConflictError              409
│   ├── UnprocessableEntityError   422, with .invalid_fields
│   ├── RateLimitError             429, with .retry_after
│   └── InternalServerError        5xx
├── UndecodableResponseError       the service answered with what it does not describe
├── UndecodableOutputError         a typed model gave what its schema does not describe; it is in .prediction
├── InvalidInputError              the input of a typed model does not fit, see .problems; nothing was sent
├── UnusableSchemaError            no types can be made of what a model publishes about itself
├── AmbiguousCreateError           something may have been created; it was not asked for again
├── ModelError                     a prediction ended without success, and is in .prediction
│   ├── PredictionFailedError
│   ├── PredictionCanceledError
│   └── PredictionAbortedError
├── RunTimeoutError                a prediction or training did not end in the time given to it
├── StreamInterruptedError         a stream of events broke off, and could not be resumed
├── WebhookVerificationError       a webhook is not the service's
│   └── DuplicateWebhookError      … it is, but has been seen before
└── CassetteError                  a recording cannot be read, or has no answer to a request
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from replicate_typed.response_headers import RateLimit, rate_limit_of, request_id_of

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.training import Training


class ReplicateError(Exception):
    """Anything that this package raises because of what happened outside it."""

    def __reduce__(self) -> tuple[Callable[..., ReplicateError], tuple[Any, ...]]:
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(kind: type[ReplicateError], args: tuple[Any, ...], state: dict[str, Any]) -> ReplicateError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class MissingTokenError(ReplicateError):
    """A request to the API needs a token, and there is none."""


class ClosedClientError(ReplicateError):
    """The client, or the one whose transport it shares, was closed."""


class NotSupportedError(ReplicateError):
    """What was asked for is nothing that the transport can do; the real service can."""


class NetworkRefusedError(ReplicateError):
    """A test would have used the network, which `replicate_network = refuse` keeps from it; nothing was sent."""


class APIConnectionError(ReplicateError):
    """The service was not reached, or the connection broke before the answer was complete."""


class APITimeoutError(APIConnectionError, TimeoutError):
    """The service did not answer in the time given to the request."""


class APIStatusError(ReplicateError):
    """The service answered with an error; the fields are those of its problem+json body, as far as it had one."""

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        title: str | None = None,
        detail: str | None = None,
        type: str | None = None,
        instance: str | None = None,
        invalid_fields: Sequence[Mapping[str, Any]] = (),
        retry_after: float | None = None,
        headers: Mapping[str, str] | None = None,
        body: str = "",
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.title = title
        self.detail = detail
        self.type = type
        self.instance = instance
        self.invalid_fields: list[Mapping[str, Any]] = list(invalid_fields)
        """Which fields of the request were wrong: `{"type": "required", "field": "input", "description": …}`."""
        self.retry_after = retry_after
        """Seconds after which the service wants to be asked again."""
        self.headers: dict[str, str] = dict(headers or {})
        """The answer's headers, names in lower case."""
        self.body = body
        """The answer's body as text."""

    @property
    def request_id(self) -> str | None:
        """What to name to the service when asking about the request."""
        return request_id_of(self.headers)

    @property
    def rate_limit(self) -> RateLimit | None:
        """How much may still be asked for, if the service said so."""
        return rate_limit_of(self.headers)


class BadRequestError(APIStatusError):
    """400: the request cannot be understood."""


class AuthenticationError(APIStatusError):
    """401: the token is not valid."""


class PaymentRequiredError(APIStatusError):
    """402: the account has no credit."""


class PermissionDeniedError(APIStatusError):
    """403: the token may not do this."""


class NotFoundError(APIStatusError):
    """404: there is nothing of that name, or it is not for this account to see."""


class ConflictError(APIStatusError):
    """409: it clashes with the present state."""


class UnprocessableEntityError(APIStatusError):
    """422: the request is understood, but what it asks for is not possible; see `.invalid_fields`."""


class RateLimitError(APIStatusError):
    """429: too many requests; see `.retry_after`."""


class InternalServerError(APIStatusError):
    """5xx: the service failed."""


class UndecodableResponseError(ReplicateError):
    """The service answered with what it does not describe; the message says which field of what."""

    def __init__(
        self, message: str, *, status_code: int, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.headers: dict[str, str] = dict(headers or {})
        self.body = body

    @property
    def request_id(self) -> str | None:
        """What to name to the service when asking about the request."""
        return request_id_of(self.headers)

    @property
    def rate_limit(self) -> RateLimit | None:
        """How much may still be asked for, if the service said so."""
        return rate_limit_of(self.headers)


class UndecodableOutputError(ReplicateError):
    """A typed model gave what its schema does not describe; the prediction has it as it came."""

    def __init__(self, message: str, prediction: Prediction) -> None:
        super().__init__(message)
        self.prediction = prediction

    @property
    def prediction_id(self) -> str:
        return self.prediction.id


class InputProblem(NamedTuple):
    """What is wrong with one field of an input, and what would be right."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


class InvalidInputError(ReplicateError, ValueError):
    """The input of a typed model does not fit; nothing was sent."""

    def __init__(self, message: str, problems: Sequence[InputProblem]) -> None:
        super().__init__("\n  ".join([f"{message}:", *map(str, problems)]))
        self.problems: list[InputProblem] = list(problems)
        """All that is wrong, field by field."""


class UnusableSchemaError(ReplicateError):
    """No types can be made of what a model publishes about itself; it runs without: `client.run("owner/name", …)`."""


class AmbiguousCreateError(ReplicateError):
    """Something may have been created, and may cost money: the answer was lost, so it was not asked for again."""

    def __init__(self, message: str, *, candidates: Sequence[Prediction] = ()) -> None:
        super().__init__(message)
        self.candidates: list[Prediction] = list(candidates)
        """The predictions that it may be, as far as any were found."""


class ModelError(ReplicateError):
    """A prediction ended without success."""

    def __init__(self, message: str, prediction: Prediction) -> None:
        super().__init__(message)
        self.prediction = prediction

    @property
    def prediction_id(self) -> str:
        return self.prediction.id


class PredictionFailedError(ModelError):
    """The model failed."""


class PredictionCanceledError(ModelError):
    """The prediction was canceled after it had started."""


class PredictionAbortedError(ModelError):
    """The prediction was ended before it had started, for example by its deadline."""


class RunTimeoutError(ReplicateError, TimeoutError):
    """A prediction or training did not end in the time given to it; both are None when its id never arrived."""

    def __init__(self, message: str, prediction: Prediction | None = None, *, training: Training | None = None) -> None:
        super().__init__(message)
        self.prediction = prediction
        self.training = training

    @property
    def prediction_id(self) -> str | None:
        return self.prediction.id if self.prediction else None


class StreamInterruptedError(ReplicateError):
    """A stream of events ended before it was done, and could not be resumed; what had arrived is kept."""

    def __init__(self, message: str, *, text: str = "", prediction: Prediction | None = None) -> None:
        super().__init__(message)
        self.text = text
        """The text of the output that had arrived."""
        self.prediction = prediction
        """The prediction as it was last seen; it may still be running."""


class WebhookVerificationError(ReplicateError):
    """A webhook is not the service's, or too old, or does not tell what it should."""


class DuplicateWebhookError(WebhookVerificationError):
    """A webhook is the service's, but has been seen before; answer it with a success, or it comes again."""


class CassetteError(ReplicateError):
    """A recording cannot be read or written, or has no answer to a request; nothing was sent."""
