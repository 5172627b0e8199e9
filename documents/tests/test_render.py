"""The renderer: what it refuses, what it cannot reach, what becomes of it when it dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from documents.layout import lay_out
from documents.press import Press, RenderFailed, RenderRefused
from documents.tests import samples

pytestmark = pytest.mark.renders
PAGE = "<html lang=en><head><title>x</title>{}</head><body><p>x</p>{}</body></html>"


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.stop()


@pytest.mark.parametrize(
    "body",
    [
        "<img src='http://127.0.0.1:9/canary'>",
        "<img src='file:///etc/hostname'>",
        "<img src='/etc/hostname'>",
        "<img src='picture.png'>",
        "<a rel=attachment href='file:///etc/hostname'>x</a>",
        "<link rel=attachment href='file:///etc/hostname'>",
        "<link rel=stylesheet href='http://127.0.0.1:9/canary'>",
        "<style>@import url(http://127.0.0.1:9/canary)</style>",
        "<style>@font-face{font-family:x;src:url(file:///etc/hostname)}</style>",
        "<style>p{background:url(http://127.0.0.1:9/canary)}</style>",
        "<style>p::before{content:url(http://127.0.0.1:9/canary)}</style>",
        "<svg width=9 height=9><image href='file:///etc/hostname' width=9 height=9/></svg>",
        "<object data='http://127.0.0.1:9/canary'></object>",
        "<embed src='http://127.0.0.1:9/canary'>",
    ],
)
def test_a_document_that_asks_for_anything_is_refused_loudly(press: Press, body: str) -> None:
    with pytest.raises(RenderRefused, match="outside itself"):
        press.render(PAGE.format("", body))


def test_the_same_facts_make_the_same_bytes_in_any_process(press: Press) -> None:
    html = lay_out(samples.order())
    first, again = press.render(html), press.render(html)
    other = Press()
    elsewhere = other.render(html)
    other.stop()
    assert len({sha256(r.pdf).hexdigest() for r in (first, again, elsewhere)}) == 1


def test_a_document_is_tagged_titled_and_set_in_our_own_fonts(press: Press) -> None:
    rendered = press.render(lay_out(samples.application()))
    reader = PdfReader(BytesIO(rendered.pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data() or (
        b"<pdfuaid:part>1<" in root["/Metadata"].get_data()
    )
    assert rendered.pages == len(reader.pages)
    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(name.startswith("Source-") or name.startswith("Source") for name in fonts)


def test_the_renderer_is_told_no_secret_and_no_database(press: Press) -> None:
    press.render(PAGE.format("", ""))
    assert press._renderer is not None
    told = Path(f"/proc/{press._renderer.pid}/environ").read_bytes()
    assert settings.SECRET_KEY.encode() not in told
    for name in (b"DATABASE", b"SECRET", b"REDIS", b"NOTIFY", b"EMAIL", b"DJANGO", b"://"):
        assert name not in told


def test_the_renderer_knows_nothing_of_the_application(press: Press) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, documents.render; print(*sys.modules)"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")},
    ).stdout.split()
    assert not {"django", "psycopg2", "spo_cases", "applications", "people"} & set(loaded)


CONFINED = """
import os, socket, subprocess, sys, tempfile
from documents import render
render.confine()
def tried(act):
    try:
        act()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "did it"
def written():
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 99999)
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
print(tried(lambda: socket.create_connection(("127.0.0.1", 9))),
      tried(lambda: socket.socket(socket.AF_UNIX)),
      tried(lambda: subprocess.run(["true"])),
      tried(written),
      tried(lambda: bytearray(2 << 30)))
"""


def test_a_fork_has_no_network_no_programs_no_files_to_write_and_little_memory() -> None:
    answers = subprocess.run(
        [sys.executable, "-c", CONFINED],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert answers == [
        "PermissionError",
        "PermissionError",
        "PermissionError",
        "OSError",
        "MemoryError",
    ]


def test_a_killed_renderer_fails_one_document_and_the_next_is_made() -> None:
    press = Press()
    press.render(PAGE.format("", ""))
    assert press._renderer is not None
    os.killpg(press._renderer.pid, signal.SIGKILL)
    press._renderer.wait()
    assert press.render(PAGE.format("", "")).pages == 1
    os.kill(press._renderer.pid, signal.SIGSTOP)
    press.patience = 0.2
    with pytest.raises(RenderFailed, match="gone"):
        press.render(PAGE.format("", ""))
    press.patience = 60
    assert press.render(PAGE.format("", "")).pages == 1
    press.stop()


def test_a_document_that_breaks_its_fork_takes_nobody_with_it(press: Press) -> None:
    press.render(PAGE.format("", ""))
    assert press._renderer is not None
    renderer = press._renderer.pid
    endless = "<p>" + "x " * 400_000
    begun = time.monotonic()
    pressed = Press()
    pressed.patience = 3
    with pytest.raises(RenderFailed):
        pressed.render(PAGE.format("", endless))
    assert time.monotonic() - begun < 30
    pressed.stop()
    assert press.render(PAGE.format("", "")).pages == 1
    assert press._renderer.pid == renderer


def test_stopping_leaves_no_process_behind() -> None:
    press = Press()
    press.render(PAGE.format("", ""))
    assert press._renderer is not None
    pid = press._renderer.pid
    press.stop()
    assert not Path(f"/proc/{pid}").exists()
