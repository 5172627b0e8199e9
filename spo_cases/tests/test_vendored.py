"""What others made and we ship: unchanged, complete, and asking nobody outside for anything."""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDORED = ("static/vendor", "static/fonts/pdf", "spo_cases/tests/vendor")
STYLESHEETS = ("static/vendor/app.css", "static/spo/spo.css")
CSS_ADDRESS = re.compile(r"url\(['\"]?([^'\")]+)['\"]?\)")


def test_every_vendored_file_is_as_it_was_vendored():
    listed = dict(
        reversed(line.split("  "))
        for line in (ROOT / "static/vendor.sha256").read_text().splitlines()
    )
    present = {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in VENDORED
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert present == listed


def test_stylesheets_name_only_files_that_are_vendored_beside_them():
    for stylesheet in STYLESHEETS:
        path = ROOT / stylesheet
        missing = [
            a for a in CSS_ADDRESS.findall(path.read_text()) if not (path.parent / a).is_file()
        ]
        assert not missing, stylesheet


def test_nothing_of_the_crown_reaches_a_page():
    css = (ROOT / "static/vendor/app.css").read_text()
    assert "GDS Transport" not in css
    assert "crest.svg" not in css


def test_scripts_name_no_source_map():
    for script in (ROOT / "static/vendor").glob("*.js"):
        assert "sourceMappingURL" not in script.read_text(), script.name


def test_every_pin_has_a_hash_and_none_names_an_index():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pins = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.M).strip())
        assert pins
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
        assert "://" not in text


def test_every_requirement_says_why_it_is_there():
    for name in ("requirements.in", "requirements-dev.in"):
        lines = (ROOT / name).read_text().splitlines()
        wanted = [i for i, line in enumerate(lines) if line and not line.startswith(("#", "-c"))]
        reasons = [i for i in wanted if lines[i - 1]]
        assert wanted == reasons, [lines[i] for i in wanted if i not in reasons]
