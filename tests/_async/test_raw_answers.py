"""Answers with all that came over a real socket, and without the token."""

from __future__ import annotations

import pickle

import pytest
from _async.clients import ACCOUNT, GOOD, TEXT, TOKEN, client_of
from servers import Server, answer, says

from replicate_api.api.account.account_get import account_get
from replicate_typed import RateLimit, UndecodableResponseError
from replicate_typed.models import Account

pytestmark = pytest.mark.anyio


async def test_a_raw_answer_has_all_that_came() -> None:
    """Status, headers, body, and what `send` would have given; the token is not in it."""
    with Server(says(answer(201, ACCOUNT, headers={"Ratelimit-Remaining": "599", "X-Echo": TOKEN}))) as server:
        async with client_of(server) as client:
            raw = await client.send_raw(account_get())
    assert (raw.status_code, raw.content, raw.text) == (201, TEXT, TEXT.decode())
    assert raw.headers["ratelimit-remaining"] == "599"
    assert raw.headers["x-echo"] == "[token]"
    assert raw.parse() == raw.parse() == Account.from_dict(ACCOUNT)
    assert repr(raw) == "<RawResponse 201 of GET /account>"


async def test_a_raw_answer_pickles_without_the_token() -> None:
    """Neither its own nor the request's."""
    with Server(says(GOOD)) as server:
        async with client_of(server) as client:
            raw = await client.send_raw(account_get())
    assert TOKEN.encode() not in pickle.dumps(raw)
    assert pickle.loads(pickle.dumps(raw)).parse() == raw.parse()


@pytest.mark.parametrize(
    ("headers", "id"),
    [
        ({"CF-Ray": "8d1-FRA"}, "8d1-FRA"),
        ({"X-Request-Id": "r1"}, "r1"),
        ({"CF-Ray": "8d1-FRA", "X-Request-Id": "r1"}, "r1"),
        ({"CF-Ray": ""}, None),
    ],
)
async def test_a_raw_answer_names_its_request(headers: dict[str, str], id: str | None) -> None:
    """As the service does, which has one header for it, and may come to have another."""
    with Server(says(answer(200, ACCOUNT, headers=headers))) as server:
        async with client_of(server) as client:
            assert (await client.send_raw(account_get())).request_id == id


@pytest.mark.parametrize(
    ("remaining", "reset", "limit"),
    [
        ("599", "1", RateLimit(599, 1)),
        ("0", "0.5", RateLimit(0, 0.5)),
        ("599", None, None),
        (None, "1", None),
        ("many", "1", None),
        ("-1", "1", None),
        ("599", "nan", None),
        ("inf", "1", None),
        ("599", "inf", None),
    ],
)
async def test_a_raw_answer_says_how_much_may_still_be_asked_for(
    remaining: str | None, reset: str | None, limit: RateLimit | None
) -> None:
    """When the service says so, in numbers."""
    given = {"Ratelimit-Remaining": remaining, "Ratelimit-Reset": reset}
    headers = {name: value for name, value in given.items() if value is not None}
    with Server(says(answer(200, ACCOUNT, headers=headers))) as server:
        async with client_of(server) as client:
            assert (await client.send_raw(account_get())).rate_limit == limit


async def test_what_cannot_be_read_names_its_request() -> None:
    """It is the service's mistake, which it can be asked about."""
    headers = {"CF-Ray": "8d1-FRA", "Ratelimit-Remaining": "599", "Ratelimit-Reset": "1"}
    with Server(says(answer(200, [], headers=headers))) as server:
        async with client_of(server) as client:
            with pytest.raises(UndecodableResponseError) as caught:
                await client.account.get()
    assert (caught.value.request_id, caught.value.rate_limit) == ("8d1-FRA", RateLimit(599, 1))
