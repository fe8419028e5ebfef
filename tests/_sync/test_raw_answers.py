# Made by scripts/unasync.py from tests/_async/test_raw_answers.py; do not edit.
"""Answers with all that came over a real socket, and without the token."""

from __future__ import annotations

import pickle

import pytest
from _sync.clients import ACCOUNT, GOOD, TEXT, TOKEN, client_of
from servers import Server, answer, says

from replicate_api.api.account.account_get import account_get
from replicate_typed.models import Account

pytestmark = pytest.mark.anyio


def test_a_raw_answer_has_all_that_came() -> None:
    """Status, headers, body, and what `send` would have given; the token is not in it."""
    with Server(says(answer(201, ACCOUNT, headers={"Ratelimit-Remaining": "599", "X-Echo": TOKEN}))) as server:
        with client_of(server) as client:
            raw = client.send_raw(account_get())
    assert (raw.status_code, raw.content, raw.text) == (201, TEXT, TEXT.decode())
    assert raw.headers["ratelimit-remaining"] == "599"
    assert raw.headers["x-echo"] == "[token]"
    assert raw.parse() == raw.parse() == Account.from_dict(ACCOUNT)
    assert repr(raw) == "<RawResponse 201 of GET /account>"


def test_a_raw_answer_pickles_without_the_token() -> None:
    """Neither its own nor the request's."""
    with Server(says(GOOD)) as server:
        with client_of(server) as client:
            raw = client.send_raw(account_get())
    assert TOKEN.encode() not in pickle.dumps(raw)
    assert pickle.loads(pickle.dumps(raw)).parse() == raw.parse()
