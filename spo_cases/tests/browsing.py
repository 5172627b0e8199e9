"""A person at a real browser: signs in, reads, answers forms by their names, and every page passes axe."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
LONDON = ZoneInfo("Europe/London")
PASSWORD = "a long password of the tests"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NOT_OURS = {"region"}  # the back link and banners stand outside landmarks in GOV.UK's own layout


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; elsewhere the one that `./test` has Playwright install.

    Where there is none, every test that needs it fails, and says what to install.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop lives in this thread
    try:
        with sync_playwright() as playwright:
            try:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
                )
            except Error as error:
                pytest.fail(
                    f"no Chromium here: sudo apt-get install chromium ({error.message.splitlines()[0]})"
                )
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def is_theirs(violation: dict[str, Any]) -> bool:
    """GOV.UK's own: its layout, and `aria-expanded` on a choice that reveals a question."""
    revealing = all(
        "aria-expanded" in str(n["any"] + n["all"] + n["none"]) for n in violation["nodes"]
    )
    return violation["id"] in NOT_OURS or (violation["id"] == "aria-allowed-attr" and revealing)


class Somebody:
    """One person with a browser of her own. `seen` collects the titles of the pages she met."""

    def __init__(self, browser: Browser, site: str, username: str) -> None:
        self.site, self.username = site, username
        self.page: Page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.errors: list[str] = []
        self.seen: list[str] = []
        self.go("/accounts/login/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.press("Sign in")

    def go(self, path: str) -> None:
        answer = self.page.goto(path if path.startswith("http") else self.site + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status} {self.page.title()}"
        self.look()

    def follow(self, text: str) -> None:
        """Follow a link by its words."""
        self.page.get_by_role("link", name=text).first.click()
        self.page.wait_for_load_state()
        self.look()

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """What must be true of every page that anybody meets."""
        title = self.page.title()
        self.seen.append(title)
        assert not self.errors, f"{title}: {self.errors}"
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("async () => (await axe.run()).violations")
        ours = [v for v in found if not is_theirs(v)]
        said = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in ours]
        assert not ours, f"{title}: {said}"

    def reads(self, *texts: str) -> None:
        body = self.page.inner_text("body")
        for text in texts:
            assert text in body, f"{self.page.title()} does not say “{text}”:\n{body[:3000]}"

    def never_reads(self, *texts: str) -> None:
        source = self.page.content()
        for text in texts:
            assert text not in source, f"{self.page.title()} says “{text}”"

    def answer(self, **values: Any) -> None:
        """Fill fields by name: text, yes/no, dates, moments, choices, lists of ticks."""
        for name, value in values.items():
            if isinstance(value, datetime):
                local = value.astimezone(LONDON)
                self._date(name, local.date())
                self.page.fill(f"[name={name}_hour]", f"{local:%H}")
                self.page.fill(f"[name={name}_minute]", f"{local:%M}")
            elif isinstance(value, date):
                self._date(name, value)
            elif isinstance(value, bool):
                self._pick(name, "yes" if value else "no")
            elif isinstance(value, list):
                for one in value:
                    self.page.check(f"[name={name}][value='{one}']")
            else:
                self._text(name, str(value))

    def _date(self, name: str, day: date) -> None:
        for part in ("day", "month", "year"):
            self.page.fill(f"[name={name}_{part}]", str(getattr(day, part)))

    def _pick(self, name: str, value: str) -> None:
        self.page.check(f"[name={name}][value='{value}']")

    def _text(self, name: str, value: str) -> None:
        field = self.page.locator(f"[name={name}]").first
        kind = field.evaluate("e => e.tagName + ':' + (e.type || '')")
        if kind.startswith("SELECT"):
            field.select_option(label=value)
        elif kind.endswith(("radio", "checkbox")):
            self._pick(name, value)
        else:
            field.fill(value)
