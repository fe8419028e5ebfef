"""A model whose input and output have types, and a call of it that is ready to run."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, ParamSpec

from replicate_typed.typed_models.annotations import Out

if TYPE_CHECKING:
    import inspect
    from collections.abc import Callable, Mapping

    from replicate_typed.typed_models.annotations import Output
    from replicate_typed.typed_models.inputs import InputFields
    from replicate_typed.typed_models.outputs import MakeFile, OutputReader

P = ParamSpec("P")


class ModelReference(Generic[P, Out]):
    """A model, or one version of it, with the types of what it takes and gives.

    Call it with the model's input, and hand that to `run`, `submit` or `stream`:

        files = client.run(flux_schnell(prompt="a fox"), timeout=60)

    Args:
        name: "owner/name".
        input: The attrs class of what the model takes.
        output: What it gives, as `Output[list[OutputFile]]`.
        version: The id of the version that runs; None for a model that is run by its name.
    """

    def __init__(
        self, name: str, input: Callable[P, object], output: type[Output[Out]], version: str | None = None
    ) -> None:
        self.name: str = name
        self.input_class: Callable[P, object] = input
        self.version: str | None = version
        self._output = output

    def __call__(self, /, *args: P.args, **kwargs: P.kwargs) -> ModelCall[Out]:
        """The model with this input, checked and ready to run; nothing is sent.

        Only what is given is sent: what is left out, or None, is the model's to choose.

        Raises:
            InvalidInputError: The input does not fit; all that is wrong with it is in `.problems`.
        """
        if args:
            raise TypeError(f"{self.name} takes its input by name, as prompt=…; got {len(args)} without a name")
        return ModelCall(self, self._fields.checked(kwargs))

    @cached_property
    def _fields(self) -> InputFields:
        from replicate_typed.typed_models.inputs import InputFields

        return InputFields(self.name, self.input_class)

    @cached_property
    def _reader(self) -> OutputReader:
        from replicate_typed.typed_models.outputs import reader_of

        (annotation,) = self._output.__args__  # type: ignore[attr-defined]  # Output[...] has its argument
        return reader_of(annotation)

    def read(self, output: Any, make_file: MakeFile) -> Out:
        """The output that the service's JSON stands for; raises ValueError that says where it does not fit.

        Args:
            output: The output of a prediction.
            make_file: What becomes of the URL of a file: `OutputFile`, or what a client makes of it.
        """
        result: Out = self._reader(output, "output", make_file)
        return result

    @cached_property
    def __signature__(self) -> inspect.Signature:
        """What `help` and notebooks show."""
        import inspect

        return inspect.signature(self.input_class).replace(return_annotation="ModelCall")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __str__(self) -> str:
        return f"{self.name}:{self.version}" if self.version else self.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ModelReference) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[object, ...]:
        return self.name, self.version, self.input_class, self._output

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.name, self.input_class, self._output, self.version)


class _Documentation:
    """The docstring of the class, and of each model its own: made when it is asked for."""

    def __init__(self, of_the_class: str | None) -> None:
        self.of_the_class = of_the_class

    def __get__(self, reference: ModelReference[..., Any] | None, owner: object) -> str | None:
        if reference is None:
            return self.of_the_class
        from replicate_typed.typed_models.documentation import documentation

        return documentation(reference.input_class, reference._fields.expected)  # pyright: ignore[reportPrivateUsage] -- its other half


setattr(ModelReference, "__doc__", _Documentation(ModelReference.__doc__))  # noqa: B010 -- checkers know it as a str


class ModelCall(Generic[Out]):
    """A model with its input, checked and ready: `run`, `submit` and `stream` take it, as often as you like."""

    __slots__ = ("input", "model")

    def __init__(self, model: ModelReference[..., Out], input: Mapping[str, Any]) -> None:
        self.model: ModelReference[..., Out] = model
        self.input: Mapping[str, Any] = input
        """What is sent: what was given, by the model's own names."""

    def __repr__(self) -> str:
        from replicate_typed.typed_models.inputs import shown

        secrets = self.model._fields.secrets  # pyright: ignore[reportPrivateUsage] -- one noun, two classes
        given = (f"{name}={'…' if name in secrets else shown(value)}" for name, value in self.input.items())
        return f"<{type(self).__name__} {self.model}({', '.join(given)})>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ModelCall) and (self.model, self.input) == (other.model, other.input)  # pyright: ignore[reportUnknownMemberType] -- of what output is not asked
