"""The network, refused: what tests have with `replicate_network = refuse`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

from replicate_typed.errors import NetworkRefusedError

if TYPE_CHECKING:
    import httpx

REFUSAL = "the network is refused in these tests (replicate_network = refuse)"
REMEDY = (
    "use the fixture replicate_mock, or give the client a transport that answers in memory; "
    "pytest -o replicate_network=allow lifts the refusal"
)

is_in_force: bool = False


def network_refused() -> AbstractContextManager[None]:
    """A block in which clients reach nothing but this machine."""
    return _in_force(True)


def network_allowed() -> AbstractContextManager[None]:
    """A block in which they may reach the network after all."""
    return _in_force(False)


@contextmanager
def _in_force(refuses: bool) -> Generator[None]:
    global is_in_force
    before, is_in_force = is_in_force, refuses
    try:
        yield
    finally:
        is_in_force = before


def is_refused(url: str) -> bool:
    """Whether nothing may be sent there now."""
    return is_in_force and not _is_loopback(urlsplit(url).hostname or "")


def guard(request: httpx.Request, address: str | None, what: str) -> None:
    """See to it that a request, called `what` in errors, does not leave this machine.

    A transport that goes to an `address` of its own is refused at once. Any other may answer in memory, or by a
    wrapper of itself: only when httpcore is about to connect, before it looks up a name, is it the network.
    """

    def refuse(*_: object) -> NoReturn:
        raise NetworkRefusedError(f"{what}: {REFUSAL}: {REMEDY}")

    if address is not None and is_refused(address):
        refuse()
    if address is None and is_refused(str(request.url)):
        request.extensions["trace"] = refuse


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name
        return False
