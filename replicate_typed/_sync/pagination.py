# Made by scripts/unasync.py from replicate_typed/_async/pagination.py; do not edit.
"""The items of a list over all its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from replicate_api.types import Page
from replicate_typed.errors import ReplicateError, UndecodableResponseError
from replicate_typed.pages import cursor_of, next_operation

if TYPE_CHECKING:
    from replicate_api.types import Operation
    from replicate_typed._sync.session import Session

T = TypeVar("T")


class Paginator(Iterator[T], Generic[T]):
    """Every item of every page, each page asked for as late as possible; `pages()` gives them page by page."""

    def __init__(self, session: Session, first: Callable[[], Page[T]]) -> None:
        self._session = session
        self._first = first
        self._pages = self.pages()
        self._items: Iterator[T] = iter(())

    def __repr__(self) -> str:
        method = getattr(self._first, "func", self._first)
        return f"<{type(self).__name__} of {getattr(method, '__qualname__', method)}>"

    def __iter__(self) -> Paginator[T]:
        return self

    def __next__(self) -> T:
        while True:
            for item in self._items:
                return item
            self._items = iter((self._pages.__next__()).results)

    def pages(self) -> Iterator[Page[T]]:
        """The pages themselves, from the first on, up to the last or to one that was seen before."""
        return Pages(self._session, self._first)


class Pages(Iterator[Page[T]], Generic[T]):
    """The pages of a list. No generator: one that is left before its end would have to be closed under trio."""

    def __init__(self, session: Session, first: Callable[[], Page[T]]) -> None:
        self._session = session
        self._first = first
        self._page: Page[T] | None = None
        self._seen: set[object] = set()

    def __iter__(self) -> Pages[T]:
        return self

    def __next__(self) -> Page[T]:
        if self._page is None:
            self._page = _checked(self._first())
            asked = cast("Operation[Page[T]] | None", getattr(self._page, "operation", None))
            self._seen = {cursor_of(asked)} if asked is not None else set()
            return self._page
        operation = self._next(self._page)
        if operation is None or (cursor := cursor_of(operation)) in self._seen:
            raise StopIteration
        with self._session.clock.participant():
            self._page = self._session.send(operation)
        self._seen.add(cursor)
        return self._page

    def _next(self, page: Page[T]) -> Operation[Page[T]] | None:
        if not page.next:
            return None
        operation = cast("Operation[Page[T]] | None", getattr(page, "operation", None))
        if operation is None:
            raise ReplicateError("this page was made by hand, so the operation for the next one is not known")
        settings = self._session.settings
        try:
            return next_operation(operation, cast("Page[Any]", page), settings.base_url, settings.token)
        except ValueError as error:
            raise UndecodableResponseError(str(error), status_code=200) from None


def _checked(page: Page[T]) -> Page[T]:
    """What the method gave, if it is a page; not everything that is called `list` gives one."""
    if not hasattr(page, "results"):
        raise TypeError(
            "paginate takes a method that gives one page, such as client.models.list; "
            f"this one gave a {type(page).__name__}, which is whole as it is"
        )
    return page
