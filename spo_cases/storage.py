"""Files in any S3-compatible store: the five things that Django's storage asks for, signed by hand.

A whole client library would bring more than this uses. Requests are signed with AWS Signature 4, go
to `<endpoint>/<bucket>/<key>`, and time out. Files are read and written whole: a document is small.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

SECONDS = 10
REDIRECTED = 300  # and all above: none of it is the file
EMPTY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True)
class Key:
    """Who asks, for which region."""

    name: str
    secret: str
    region: str = "us-east-1"


def authorization(
    key: Key, method: str, path: str, headers: Mapping[str, str], now: datetime
) -> str:
    """The Authorization header of a request without a query. `headers` are all that are signed."""
    signed = {name.lower(): value.strip() for name, value in headers.items()}
    names = ";".join(sorted(signed))
    asked = "\n".join(
        [
            method,
            quote(path, safe="/-_.~"),
            "",
            *(f"{name}:{signed[name]}" for name in sorted(signed)),
            "",
            names,
            signed["x-amz-content-sha256"],
        ]
    )
    scope = f"{now:%Y%m%d}/{key.region}/s3/aws4_request"
    digest = hashlib.sha256(asked.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{now:%Y%m%dT%H%M%SZ}\n{scope}\n{digest}"
    sealed = f"AWS4{key.secret}".encode()
    for part in scope.split("/"):
        sealed = hmac.digest(sealed, part.encode(), "sha256")
    signature = hmac.new(sealed, text.encode(), "sha256").hexdigest()
    return (
        f"AWS4-HMAC-SHA256 Credential={key.name}/{scope},SignedHeaders={names},"
        f"Signature={signature}"
    )


class S3Storage(Storage):
    """Django's storage on one bucket. What goes wrong there is an OSError, as on a disk."""

    def __init__(self, endpoint: str, bucket: str, name: str, secret: str, region: str) -> None:
        self.endpoint, self.bucket = endpoint.rstrip("/"), bucket
        self.key = Key(name, secret, region)

    def exists(self, name: str) -> bool:
        return self._ask("HEAD", name, missing=True).status_code == requests.codes.ok

    def size(self, name: str) -> int:
        return int(self._ask("HEAD", name).headers["Content-Length"])

    def delete(self, name: str) -> None:
        self._ask("DELETE", name, missing=True)

    def url(self, name: str | None) -> str:
        raise NotImplementedError("Files leave through a page that asks who may see them")

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError("A stored file is read, or saved anew: it is never changed")
        return File(BytesIO(self._ask("GET", name).content), name=name)

    def _save(self, name: str, content: Any) -> str:
        self._ask("PUT", name, body=ContentFile(b"".join(content.chunks())).read())
        return name

    def _ask(
        self, method: str, name: str, *, body: bytes = b"", missing: bool = False
    ) -> requests.Response:
        """One request; FileNotFoundError where the file is not there and that is no answer."""
        path, now = f"/{self.bucket}/{name}", datetime.now(UTC)
        headers = {
            "Host": urlsplit(self.endpoint).netloc,
            "x-amz-content-sha256": hashlib.sha256(body).hexdigest() if body else EMPTY,
            "x-amz-date": f"{now:%Y%m%dT%H%M%SZ}",
        }
        headers["Authorization"] = authorization(self.key, method, path, headers, now)
        address = self.endpoint + quote(path, safe="/-_.~")
        answer = requests.request(
            method, address, headers=headers, data=body, timeout=SECONDS, allow_redirects=False
        )
        if answer.status_code == requests.codes.not_found:
            if missing:
                return answer
            raise FileNotFoundError(f"{name} is not in the store")
        if answer.status_code >= REDIRECTED:
            raise OSError(f"The store answered {method} with {answer.status_code}")
        return answer
