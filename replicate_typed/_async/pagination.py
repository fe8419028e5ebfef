"""The items of a list over all its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from replicate_typed.errors import ReplicateError, UndecodableResponseError
from replicate_typed.pages import cursor_of, next_operation

if TYPE_CHECKING:
    from replicate_api.types import Operation, Page
    from replicate_typed._async.session import AsyncSession

T = TypeVar("T")


class AsyncPaginator(AsyncIterator[T], Generic[T]):
    """Every item of every page, each page asked for as late as possible; `pages()` gives them page by page."""

    def __init__(self, session: AsyncSession, first: Callable[[], Awaitable[Page[T]]]) -> None:
        self._session = session
        self._first = first
        self._items = self._all_items()

    def __aiter__(self) -> AsyncPaginator[T]:
        return self

    async def __anext__(self) -> T:
        return await self._items.__anext__()

    async def _all_items(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.results:
                yield item

    async def pages(self) -> AsyncIterator[Page[T]]:
        """The pages themselves, from the first on, up to the last or to one that was seen before."""
        page = await self._first()
        yield page
        asked = cast("Operation[Page[T]] | None", getattr(page, "operation", None))
        seen: set[object] = {cursor_of(asked)} if asked is not None else set()
        while (operation := self._next(page)) is not None:
            cursor = cursor_of(operation)
            if cursor in seen:
                return
            seen.add(cursor)
            with self._session.clock.participant():
                page = await self._session.send(operation)
            yield page

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
