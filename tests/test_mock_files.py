"""The mock service's uploaded files: forms, records, links to the content, and their end after a day."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import uuid
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st
from mocking import BASE, body_of, client_of, echo_service, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)
A_DAY = 24 * 60 * 60
NOT_FOUND = {"detail": "File not found"}


def upload(client: httpx.Client, content: bytes = b"hello", name: str = "hello.txt", **fields: Any) -> dict[str, Any]:
    response = client.post("/files", files={"content": (name, content, "text/plain")}, data=fields)
    assert response.status_code == 201, response.text
    return body_of(response)


def link(mock: MockTransport, id: str, expiry: int, owner: str = "acme") -> str:
    """As the owner of a file makes one, with nothing but the secret."""
    digest = hmac.digest(mock.file_signing_secret.encode(), f"{owner} {id} {expiry}".encode(), "sha256")
    query = httpx.QueryParams(owner=owner, expiry=expiry, signature=base64.b64encode(digest).decode())
    return f"/files/{id}/download?{query}"


def test_an_upload_has_a_record(mock: MockTransport, client: httpx.Client) -> None:
    """Checksums, the times that it is kept between, and its address; no rate limit is told."""
    mock.clock.sleep(1.5)
    response = client.post("/files", files={"content": ("hello.txt", b"hello", "text/plain")})
    file = body_of(response)
    assert response.status_code == 201
    assert "ratelimit-remaining" not in response.headers
    assert str(uuid.UUID(base64.b64decode(file["id"]).decode())) == base64.b64decode(file["id"]).decode()
    assert file == {
        "id": file["id"],
        "name": "hello.txt",
        "content_type": "text/plain",
        "size": 5,
        "etag": hashlib.md5(b"hello").hexdigest(),
        "checksums": {"sha256": hashlib.sha256(b"hello").hexdigest(), "md5": hashlib.md5(b"hello").hexdigest()},
        "metadata": {},
        "created_at": "2025-01-01T00:00:01.5Z",
        "expires_at": "2025-01-02T00:00:01.5Z",
        "urls": {"get": f"{BASE}/files/{file['id']}"},
    }
    assert body_of(client.get(file["urls"]["get"])) == file


def test_fields_of_their_own_come_before_those_of_the_content(client: httpx.Client) -> None:
    """The name, the type and the metadata, as JSON in a plain field."""
    file = upload(client, filename="ü.bin", type="image/png", metadata='{"a": [1]}')
    assert (file["name"], file["content_type"], file["metadata"]) == ("ü.bin", "image/png", {"a": [1]})


def test_metadata_may_be_a_part_of_json(client: httpx.Client) -> None:
    """With a type, and a name of a file even."""
    for name in (None, "metadata.json"):
        files: dict[str, Any] = {"content": b"hello", "metadata": (name, b'{"a": [1]}', "application/json")}
        assert body_of(client.post("/files", files=files))["metadata"] == {"a": [1]}


def test_a_content_without_a_type_is_just_bytes(client: httpx.Client) -> None:
    """The same holds for a content without a name: it has none."""
    body = b'--b\r\nContent-Disposition: form-data; name="content"\r\n\r\nhello\r\n--b--\r\n'
    response = client.post("/files", content=body, headers={"content-type": "multipart/form-data; boundary=b"})
    file = body_of(response)
    assert (file["name"], file["content_type"], file["size"]) == ("", "application/octet-stream", 5)


@pytest.mark.parametrize(
    "content", [b"", b"\r\n", b"x--b", b"\r\n--bb\r\n\r\n", b"\0\xff\r\n\r\n" * 100, b"\r\n--b-\r\n"]
)
def test_a_content_arrives_byte_by_byte(mock: MockTransport, client: httpx.Client, content: bytes) -> None:
    """Also one that looks like the form's own lines."""
    head = b'--b\r\ncontent-disposition: form-data; name="content"; filename="a\\"b.txt"\r\n\r\n'
    sent = b"preamble\r\n" + head + content + b"\r\n--b-- \t\r\nepilogue"
    response = client.post("/files", content=sent, headers={"content-type": 'multipart/form-data; boundary="b"'})
    file = body_of(response)
    assert file["name"] == 'a"b.txt'
    assert client.get(link(mock, file["id"], 2**40)).content == content


def test_names_may_be_of_any_script(client: httpx.Client) -> None:
    """As UTF-8, or as RFC 2231 has it."""
    for disposition in ('filename="größe.txt"', "filename*=UTF-8''gr%C3%B6%C3%9Fe.txt"):
        body = f'--b\r\nContent-Disposition: form-data; name="content"; {disposition}\r\n\r\nhello\r\n--b--'
        sent = client.post("/files", content=body.encode(), headers={"content-type": "multipart/form-data; boundary=b"})
        assert body_of(sent)["name"] == "größe.txt"


@pytest.mark.parametrize(
    ("fields", "row"),
    [
        ({"metadata": "{"}, ("invalid_type", "metadata", "Invalid type. Expected: object, given: string")),
        ({"metadata": "[1]"}, ("invalid_type", "metadata", "Invalid type. Expected: object, given: array")),
        ({"metadata": "[" * 100_000}, ("invalid_type", "metadata", "Invalid type. Expected: object, given: string")),
        (
            {"metadata": '{"a": NaN}'},
            ("invalid_type", "metadata", "Invalid type. Expected: object, given: string"),
        ),
        ({"filename": "x" * 256}, ("string_lte", "filename", "String length must be less than or equal to 255")),
        ({"filename": "ü" * 128}, ("string_lte", "filename", "Must be at most 255 bytes of UTF-8")),
    ],
)
def test_fields_that_do_not_fit_are_refused(
    client: httpx.Client, fields: dict[str, str], row: tuple[str, str, str]
) -> None:
    """Field by field, as in JSON."""
    problem = problem_of(client.post("/files", files={"content": b"hello"}, data=fields), 422)
    assert [tuple(found.values()) for found in problem["invalid_fields"]] == [row]
    assert body_of(client.get("/files"))["results"] == []


def test_a_form_without_content_is_refused(client: httpx.Client) -> None:
    """Whatever else it has."""
    problem = problem_of(client.post("/files", data={"type": "a"}, files={"metadata": b"{}"}), 422)
    assert [tuple(row.values()) for row in problem["invalid_fields"]] == [("required", "", "content is required")]


@pytest.mark.parametrize(
    ("content_type", "body", "why"),
    [
        (None, b"x", "its type is missing"),
        ("application/octet-stream", b"x", "its type is application/octet-stream"),
        ("multipart/mixed; boundary=b", b"--b--", "its type is multipart/mixed; boundary=b"),
        ("multipart/form-data", b"--b--", "its type has no boundary"),
        ("multipart/form-data; boundary=b", b"", "it does not end with its boundary"),
        ("multipart/form-data; boundary=b", b"--b\r\n", "it does not end with its boundary"),
        ("multipart/form-data; boundary=b", b"--b\r\nx\r\n--b--", "a field has no empty line after its headers"),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nx\r\n--b--", "a field has no name"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "no name"),
    ],
)
def test_what_is_no_form_is_a_bad_request(
    client: httpx.Client, content_type: str | None, body: bytes, why: str
) -> None:
    """The answer says what is wrong with it."""
    headers = {} if content_type is None else {"content-type": content_type}
    detail = problem_of(client.post("/files", content=body, headers=headers), 400)["detail"]
    assert detail.startswith("The request body is not multipart/form-data: ")
    assert why in detail


FRAGMENTS = st.sampled_from(
    [
        b"--b",
        b"--b--",
        b"\r\n",
        b"\r\n\r\n",
        b'; name="content"',
        b'; filename="',
        b"; name*=x'",
        b"Content-Disposition: form-data",
        b"Content-Type: ",
        b"; filename*0*=%",
        b"\n",
        b"\0",
    ]
)


@given(st.lists(FRAGMENTS | st.binary(max_size=4)), st.sampled_from(["b", '"b"', "*=utf-8''b", "=", '"', "b" * 90]))
def test_no_form_breaks_the_service(fragments: list[bytes], boundary: str) -> None:
    """It is a form, or the answer says what is wrong with it."""
    client = httpx.Client(transport=MockTransport(), base_url=BASE)
    headers = {"content-type": f"multipart/form-data; boundary={boundary}"}
    for body in (b"".join(fragments), b"--b\r\n" + b"".join(fragments) + b"\r\n--b--"):
        response = client.post("/files", content=body, headers=headers)
        if response.status_code != 201:
            problem_of(response, 422 if "invalid_fields" in response.json() else 400)


@given(st.binary(max_size=200), st.text(max_size=20), st.dictionaries(st.text(max_size=5), st.integers()))
def test_what_is_uploaded_is_what_is_stored(content: bytes, name: str, metadata: dict[str, int]) -> None:
    """By httpx's own way of writing forms."""
    client = httpx.Client(transport=(mock := MockTransport()), base_url=BASE)
    fields = {"filename": name, "metadata": json.dumps(metadata)}
    file = upload(client, content, **fields)
    assert (file["name"], file["metadata"], file["size"]) == (name or "hello.txt", metadata, len(content))
    assert client.get(link(mock, file["id"], 2**40)).content == content


def test_a_file_has_at_most_100_mb(client: httpx.Client) -> None:
    """One byte more is too much; the answer is as documented."""
    content = bytes(100 * 2**20 + 1)
    assert upload(client, content[1:])["size"] == len(content) - 1
    response = client.post("/files", files={"content": io.BytesIO(content)})
    assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")
    assert response.json() == {"detail": "Files must be less than 100MB in size"}


def test_files_are_listed_newest_first() -> None:
    """In pages."""
    client = httpx.Client(transport=MockTransport(page_size=2), base_url=BASE)
    files = [upload(client, name=str(n)) for n in range(3)]
    page = body_of(client.get("/files"))
    assert page["results"] == [files[2], files[1]]
    assert body_of(client.get(page["next"]))["results"] == [files[0]]


def test_a_deleted_file_is_gone(client: httpx.Client) -> None:
    """The answer has a type though it is empty; a second deletion finds nothing."""
    kept, deleted = upload(client), upload(client)
    response = client.delete(f"/files/{deleted['id']}")
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["content-type"] == "text/plain; charset=UTF-8"
    for method in ("GET", "DELETE"):
        response = client.request(method, f"/files/{deleted['id']}")
        assert (response.status_code, response.json()) == (404, NOT_FOUND)
        assert response.headers["content-type"] == "application/problem+json"
    assert body_of(client.get("/files"))["results"] == [kept]


def test_a_file_is_gone_after_a_day(mock: MockTransport, client: httpx.Client) -> None:
    """To the microsecond, and one after the other."""
    first = upload(client)
    mock.clock.sleep(60)
    second = upload(client)
    mock.clock.sleep(A_DAY - 60.000001)
    assert client.get(f"/files/{first['id']}").status_code == 200
    mock.clock.sleep(0.000001)
    assert client.get(f"/files/{first['id']}").json() == NOT_FOUND
    assert body_of(client.get("/files"))["results"] == [second]


def test_a_signed_link_gives_the_content(mock: MockTransport, client: httpx.Client) -> None:
    """Until it expires, in seconds since 1970, or its file does."""
    file = upload(client, b"\0hello")
    soon = link(mock, file["id"], 1_735_689_600 + 60)
    response = client.get(soon)
    assert (response.status_code, response.content) == (200, b"\0hello")
    assert response.headers["content-type"] == "application/octet-stream"
    mock.clock.sleep(60)
    assert client.get(soon).json() == NOT_FOUND
    late = link(mock, file["id"], 1_735_689_600 + 3 * A_DAY)
    assert client.get(late).status_code == 200
    mock.clock.sleep(A_DAY)
    assert client.get(late).json() == NOT_FOUND


def test_a_link_that_is_signed_otherwise_gives_nothing(mock: MockTransport, client: httpx.Client) -> None:
    """Another file's, another owner's, another time's, or nobody's."""
    file, other = upload(client), upload(client)
    good = link(mock, file["id"], 2**40)
    for bad in (
        good.replace(file["id"], other["id"]),
        good.replace("expiry=1", "expiry=2"),
        good.replace("owner=acme", "owner=other"),
        link(mock, file["id"], 2**40, owner="other"),
        link(mock, "nope", 2**40),
        good.partition("&signature=")[0] + "&signature=%C3%BC",
    ):
        assert (client.get(bad).status_code, client.get(bad).json()) == (404, NOT_FOUND)
    problem = problem_of(client.get(f"/files/{file['id']}/download?owner=acme&expiry=soon"), 422)
    assert [row["type"] for row in problem["invalid_fields"]] == ["invalid_type", "required"]


def test_ids_and_the_secret_come_from_the_seed() -> None:
    """The same seed has the same ones, another has others."""

    def made(seed: int) -> list[str]:
        mock = MockTransport(seed=seed)
        client = httpx.Client(transport=mock, base_url=BASE)
        return [upload(client)["id"], upload(client)["id"], mock.file_signing_secret]

    assert made(1) == made(1)
    assert len({*made(1), *made(2)}) == 6
