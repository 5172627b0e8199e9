"""The printed documentation says what the code does."""

import pytest

from spo_cases import printed


@pytest.mark.parametrize("path", list(printed.pages()), ids=lambda path: path.name)
def test_a_printed_page_is_fresh(path) -> None:
    assert path.read_text(encoding="utf-8") == printed.pages()[path], (
        "Run manage.py write_docs and commit what it prints"
    )
