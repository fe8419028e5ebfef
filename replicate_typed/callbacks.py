"""Functions of the caller's that are told something: a pair that differs in more than `await`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Generic, TypeVar

T = TypeVar("T")


class AsyncCallback(Generic[T]):
    """A function to call, or a coroutine function to await."""

    __slots__ = ("_function", "_name")

    def __init__(self, name: str, function: Callable[[T], object]) -> None:
        self._name = name
        self._function = _checked(name, function)

    async def __call__(self, told: T) -> None:
        result = self._function(told)
        if isinstance(result, Awaitable):
            await result


class Callback(Generic[T]):
    """A function to call."""

    __slots__ = ("_function", "_name")

    def __init__(self, name: str, function: Callable[[T], object]) -> None:
        from inspect import iscoroutinefunction

        self._name = name
        self._function = _checked(name, function)
        if iscoroutinefunction(function):
            raise self._wrong()

    def __call__(self, told: T) -> None:
        result = self._function(told)
        if isinstance(result, Coroutine):
            result.close()
            raise self._wrong()

    def _wrong(self) -> TypeError:
        return TypeError(f"{self._name} must be a plain function: an AsyncClient awaits coroutine functions")


def _checked(name: str, function: Callable[[T], object]) -> Callable[[T], object]:
    if not callable(function):
        raise TypeError(f"{name} must be a function, got {function!r}")
    return function
