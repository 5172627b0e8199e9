"""Somebody who signs in as a person does and then opens pages, one after the other."""

import http.client
import re
import time
from http.cookies import SimpleCookie
from statistics import median
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """One browser on one service. `http.client` keeps the connection where the server does."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = SimpleCookie()
        form = self.open("/accounts/login/")
        found = TOKEN.search(form)
        if found is None:
            raise RuntimeError("the sign-in page has no form")
        values = {"csrfmiddlewaretoken": found[1], "login": username, "password": password}
        status, _ = self.send("POST", "/accounts/login/", urlencode(values))
        if status != http.client.FOUND:
            raise RuntimeError(f"{username} could not sign in: {status}")

    def send(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{c.key}={c.value}" for c in self.cookies.values())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return response.status, text

    def open(self, path: str) -> str:
        status, text = self.send("GET", path)
        if status != http.client.OK:
            raise RuntimeError(f"{path} answered {status}")
        return text

    def time(self, path: str, many: int) -> float:
        """The median seconds of so many looks at a page."""
        taken = []
        for _ in range(many):
            begun = time.perf_counter()
            self.open(path)
            taken.append(time.perf_counter() - begun)
        return median(taken)
