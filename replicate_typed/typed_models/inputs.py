"""The check of a typed model's input: what was given becomes what is sent, or one error tells all that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypeAlias,
    TypeGuard,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs

from replicate_typed.errors import InputProblem, InvalidInputError
from replicate_typed.suggestions import did_you_mean
from replicate_typed.typed_models.annotations import Limits, Meaning, WireName

Found: TypeAlias = list[InputProblem]
Check: TypeAlias = Callable[[Any, str, Found], Any]
"""Gives what is sent for a value; adds what is wrong with it to the last argument, by the name in the second."""

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")  # two characters at least: C:\ is no URL
_SHOWN = 60
_BYTES = (bytes, bytearray, memoryview)
_NO_LIMITS = Limits()


class _InputField(NamedTuple):
    wire_name: str
    check: Check
    expected: str


class InputFields:
    """The fields of a model's input, read from the annotations of its class."""

    def __init__(self, model: str, input_class: Any) -> None:
        self._model = model
        self._fields: dict[str, _InputField] = {}
        self._required: list[str] = []
        self.secrets: set[str] = set()
        """The model's names of what is not to be shown."""
        hints = get_type_hints(input_class, include_extras=True)
        for attribute in attrs.fields(input_class):
            annotation = hints[attribute.name]
            marks = marks_of(annotation)
            wire_name = next((mark.name for mark in marks if isinstance(mark, WireName)), attribute.name)
            if Meaning.SECRET in marks:
                self.secrets.add(wire_name)
            check, expected = _check_of(annotation)
            self._fields[attribute.name] = _InputField(wire_name, check, expected)
            if attribute.default is attrs.NOTHING:
                self._required.append(attribute.name)

    def checked(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent; raises `InvalidInputError` with all that is wrong."""
        found: Found = []
        sent: dict[str, Any] = {}
        fields = self._fields
        for name, value in given.items():
            field = fields.get(name)
            if field is None:
                found.append(InputProblem(name, self._unknown(name)))
            elif value is not None:
                sent[field.wire_name] = field.check(value, name, found)
        for name in self._required:
            if given.get(name) is None:
                found.append(InputProblem(name, f"is required, and was not given: {fields[name].expected}"))
        if found:
            raise InvalidInputError(f"the input of {self._model} does not fit", found)
        return sent

    @property
    def expected(self) -> dict[str, str]:
        """What each takes, in words."""
        return {
            name: f"{field.expected}; required" if name in self._required else field.expected
            for name, field in self._fields.items()
        }

    def _unknown(self, name: str) -> str:
        for known, field in self._fields.items():
            if field.wire_name == name:
                return f"is called {known} here"
        return f"there is no such input{did_you_mean(name, self._fields)}"


def shown(value: object) -> str:
    """A value as errors and reprs show it: not too long."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def marks_of(annotation: Any) -> tuple[Any, ...]:
    """What stands beside the type in an `Annotated`, also in that of a type that may be None."""
    if get_origin(annotation) is Annotated:
        return (*annotation.__metadata__, *marks_of(annotation.__origin__))
    if get_origin(annotation) in (Union, UnionType):
        return tuple(mark for option in get_args(annotation) for mark in marks_of(option))
    return ()


def _check_of(annotation: Any, marks: tuple[Any, ...] = ()) -> tuple[Check, str]:
    """The check of what has this annotation, and what it expects, in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _check_of(annotation.__origin__, (*annotation.__metadata__, *marks))
    if origin in (Union, UnionType):
        return _any_of([_check_of(option, marks) for option in arguments if option is not NoneType])
    limits = next((mark for mark in marks if isinstance(mark, Limits)), _NO_LIMITS)
    if Meaning.FILE in marks:
        return _file, _FILE
    if origin is Literal:
        return _choice(arguments)
    if origin is Sequence:
        return _list(_check_of(arguments[0]), limits)
    if origin is Mapping:
        return _mapping(_check_of(arguments[1]))
    if annotation is str:
        return _text(limits, is_secret=Meaning.SECRET in marks)
    if annotation in (int, float):
        return _number(annotation, limits)
    if annotation is bool:
        return _boolean, "True or False"
    if annotation is Any:
        return _anything, "any JSON"
    raise TypeError(f"{annotation!r} is nothing that a model takes")


def _anything(value: Any, _: str, __: Found) -> Any:
    return value


def _boolean(value: Any, where: str, found: Found) -> Any:
    if value is not True and value is not False:
        found.append(_wrong(where, "True or False", value))
    return value


def _number(kind: type[int | float], limits: Limits) -> tuple[Check, str]:
    ge, gt, le, lt, choices = limits.ge, limits.gt, limits.le, limits.lt, limits.choices
    expected = f"{'a whole number' if kind is int else 'a number'} {limits.in_words()}".rstrip()

    def check(value: Any, where: str, found: Found) -> Any:
        if (
            not isinstance(value, int if kind is int else (int, float))
            or isinstance(value, bool)
            or (ge is not None and value < ge)
            or (le is not None and value > le)
            or (gt is not None and value <= gt)
            or (lt is not None and value >= lt)
            or (choices is not None and value not in choices)
            or (isinstance(value, float) and not isfinite(value))
        ):
            found.append(_wrong(where, expected, value))
        return value

    return check, expected


def _text(limits: Limits, *, is_secret: bool) -> tuple[Check, str]:
    least, most = limits.min_length or 0, limits.max_length
    pattern = None if limits.pattern is None else re.compile(limits.pattern)
    expected = f"a str {limits.in_words()}".rstrip()

    def check(value: Any, where: str, found: Found) -> Any:
        if (
            not isinstance(value, str)
            or len(value) < least
            or (most is not None and len(value) > most)
            or (pattern is not None and not pattern.search(value))
        ):
            problem = f"expected {expected}, got another" if is_secret else None
            found.append(InputProblem(where, problem) if problem else _wrong(where, expected, value))
        return value

    return check, expected


def _choice(choices: tuple[Any, ...]) -> tuple[Check, str]:
    kinds: list[type[Any]] = [type(choice) for choice in choices]
    allowed = frozenset(zip(kinds, choices, strict=True))
    texts = [choice for choice in choices if isinstance(choice, str)]
    expected = f"one of {', '.join(map(repr, choices))}"

    def check(value: Any, where: str, found: Found) -> Any:
        plain = str.__str__(value) if isinstance(value, str) else value
        try:
            fits = (type(plain), plain) in allowed
        except TypeError:  # it is not hashable
            fits = False
        if not fits:
            hint = did_you_mean(value, texts) if isinstance(value, str) else ""
            hint = hint if "did you mean" in hint else ""
            found.append(InputProblem(where, f"expected {expected}, got {shown(value)}{hint}"))
        return value

    return check, expected


_FILE = "a file: its URL, a pathlib.Path, bytes, or an open binary file"


def _file(value: Any, where: str, found: Found) -> Any:
    if isinstance(value, str):
        if not _URL.match(value):
            text = f"expected {_FILE}; {shown(value)} is no URL"
            found.append(InputProblem(where, text + (f", but pathlib.Path({shown(value)}) may do" if value else "")))
    elif not _is_file(value):
        found.append(_wrong(where, _FILE, value))
    return value


def _is_file(value: object) -> bool:
    return isinstance(value, _BYTES) or hasattr(value, "__fspath__") or callable(getattr(value, "read", None))


def _list(item: tuple[Check, str], limits: Limits) -> tuple[Check, str]:
    check_item, expected_item = item
    least, most = limits.min_length or 0, limits.max_length
    expected = f"a list {limits.in_words('item')}".rstrip() + f", each {expected_item}"

    def check(value: Any, where: str, found: Found) -> Any:
        if not _is_sequence(value):
            found.append(_wrong(where, expected, value))
            return value
        if len(value) < least or (most is not None and len(value) > most):
            found.append(InputProblem(where, f"expected {expected}, got {len(value)}"))
        return [check_item(each, f"{where}[{index}]", found) for index, each in enumerate(value)]

    return check, expected


def _mapping(value: tuple[Check, str]) -> tuple[Check, str]:
    check_value, expected_value = value
    expected = f"a dict by str, each value {expected_value}"

    def check(value: Any, where: str, found: Found) -> Any:
        if not _is_mapping(value):
            found.append(_wrong(where, expected, value))
            return value
        return {key: check_value(each, f"{where}[{key!r}]", found) for key, each in value.items()}

    return check, expected


def _is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, (str, *_BYTES))


def _is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping) and all(isinstance(key, str) for key in value)  # pyright: ignore[reportUnknownVariableType] -- of any object


def _any_of(options: list[tuple[Check, str]]) -> tuple[Check, str]:
    if len(options) == 1:
        return options[0]
    expected = ", or ".join(expected for _, expected in options)

    def check(value: Any, where: str, found: Found) -> Any:
        for check_option, _ in options:
            wrong: Found = []
            sent = check_option(value, where, wrong)
            if not wrong:
                return sent
        found.append(_wrong(where, expected, value))
        return value

    return check, expected


def _wrong(where: str, expected: str, value: object) -> InputProblem:
    return InputProblem(where, f"expected {expected}, got {shown(value)}")
