"""What the annotations of a typed model's fields say beyond a type: limits, other names, files, secrets."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Generic, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from os import PathLike
    from typing import IO

    from typing_extensions import TypeVar

    Out = TypeVar("Out", default=Any)
    """What a model gives: any JSON, unless somebody has said more."""
else:
    from typing import TypeVar

    Out = TypeVar("Out")  # a default needs a newer Python, or a package that only checkers bring


class Meaning(Enum):
    """What a value stands for, where its type does not say it."""

    FILE = "file"
    OUTPUT_FILE = "output file"
    SECRET = "secret"  # noqa: S105 -- a word
    CONCATENATED = "concatenated"


class Limits(NamedTuple):
    """What a number, a text or a list must keep to; the names are those of the package annotated-types."""

    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    """A regular expression that is searched for in a text."""
    choices: tuple[float, ...] | None = None
    """The only numbers; texts and whole numbers are a Literal."""

    def __repr__(self) -> str:
        given = (f"{name}={value!r}" for name, value in self._asdict().items() if value is not None)
        return f"Limits({', '.join(given)})"

    def in_words(self, unit: str = "character") -> str:
        """What the limits say, as `from 1 to 4`; the unit is what lengths count."""
        words: list[str] = []
        if self.choices is not None:
            words.append(f"one of {', '.join(map(repr, self.choices))}")
        words += _span("from", "at least", "at most", self.ge, self.le, "")
        words += [f"more than {self.gt!r}"] if self.gt is not None else []
        words += [f"less than {self.lt!r}"] if self.lt is not None else []
        words += _span("of", "of at least", "of at most", self.min_length, self.max_length, f" {unit}s")
        words += [f"that matches {self.pattern!r}"] if self.pattern is not None else []
        return " and ".join(words)


def _span(both: str, only_least: str, only_most: str, least: object, most: object, unit: str) -> list[str]:
    if least is not None and most is not None:
        return [f"{both} {least!r} to {most!r}{unit}"]
    if least is not None:
        return [f"{only_least} {least!r}{unit}"]
    return [f"{only_most} {most!r}{unit}"] if most is not None else []


class WireName(NamedTuple):
    """The name that the model has for a field, where that is no name in Python: `from_` is sent as `from`."""

    name: str


class Output(Generic[Out]):
    """The type of what a model gives, as an argument: `Output[list[OutputFile]]`, `Output[str | None]`."""


# At run time files are known by what they mean: to import their own types would take longer than all the rest.
if TYPE_CHECKING:
    from replicate_typed.output_files import OutputFile as OutputFile

    FileInput: TypeAlias = str | PathLike[str] | bytes | bytearray | memoryview | IO[bytes]
    """A file for a model: its URL, the path of one on this machine, its bytes, or an open binary file."""
    SecretInput: TypeAlias = str
    """A text that is not shown again: not in errors, nor in reprs."""
    ConcatenatedText: TypeAlias = str
    """A text that the model gives in pieces."""
else:
    OutputFile = Annotated[str, Meaning.OUTPUT_FILE]
    FileInput = Annotated[Any, Meaning.FILE]
    SecretInput = Annotated[str, Meaning.SECRET]
    ConcatenatedText = Annotated[str, Meaning.CONCATENATED]
