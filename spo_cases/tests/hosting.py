"""Which role of the database a running service has on which host, as the database itself knows it."""

import http.client
import re
from contextlib import closing
from urllib.parse import urlencode

import psycopg2

from spo_cases.relay import Connection
from spo_cases.services.postgres import Postgres
from spo_cases.tests.services import environment_of

ADVOCATES = "advocates.localhost"


def require_two_sites(places, port):
    """Each host is served by its own processes, which connect as their own role."""
    assert roles_after(places, port, ADVOCATES, "/accounts/login/?next=/clients/") == {"advocates"}
    assert roles_after(places, port, "127.0.0.1", "/accounts/login/") == {"service"}
    assert status_of(port, ADVOCATES, "/health/deep") == 404, "no police page is there"
    other = Connection(str(places.advocates))
    try:
        other.request("GET", "/accounts/login/", headers={"Host": "127.0.0.1"})
        assert other.getresponse().status == 421, "nor does their process serve the police"
    finally:
        other.close()


def roles_after(places, port, host, path):
    """Who asked the database while somebody failed to sign in on this host, as the database knows it.

    A wrong password is counted in the table of the site's own role, and leaves a line in the log.
    """
    server = Postgres(places, environment_of(places))
    counted = {"advocates": "advocates.spo_cache", "service": "public.spo_cache"}
    with closing(psycopg2.connect(server.url)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        for table in counted.values():
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 one of two names
        fail_to_sign_in(port, host, path)
        found = set()
        for role, table in counted.items():
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 one of two names
            if cursor.fetchone()[0]:
                found.add(role)
    return found


def fail_to_sign_in(port, host, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": host})
    page = connection.getresponse()
    cookie, html = page.headers["Set-Cookie"].partition(";")[0], page.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)', html)[1]
    typed = urlencode({"login": "nobody", "password": "wrong", "csrfmiddlewaretoken": token})
    told = {"Host": host, "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/accounts/login/", typed, told)
    assert "belong together" in connection.getresponse().read().decode()
    connection.close()


def status_of(port, host, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": host})
    status = connection.getresponse().status
    connection.close()
    return status
