"""Everything below one folder that is closed to others; sockets where their path fits."""

import os
import stat

import pytest

from spo_cases.services import paths
from spo_cases.services.errors import CannotStart
from spo_cases.tests.services import places_in


def test_folders_are_closed_to_others(tmp_path):
    places = places_in(tmp_path)
    assert stat.S_IMODE(places.var.stat().st_mode) == 0o700
    assert (places.var / "outbox").is_dir()
    assert places.sockets == places.var / "run"


@pytest.mark.parametrize("name", ["a copy", "o'copy", "x" * 120, "caffè"])
def test_sockets_move_where_their_path_would_not_fit(tmp_path, name, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    places = places_in(tmp_path / name)
    assert len(os.fsencode(places.sockets)) + len(paths.LONGEST_SOCKET) <= 107
    assert paths.PLAIN.fullmatch(str(places.sockets))
    assert stat.S_IMODE(places.sockets.stat().st_mode) == 0o700
    assert paths.prepare(places.root, places.var).sockets == places.sockets
    places.sockets.rmdir()


def test_two_copies_never_share_a_socket_folder(tmp_path):
    folders = {paths.socket_folder(tmp_path / "a copy"), paths.socket_folder(tmp_path / "a copy 2")}
    assert len(folders) == 2
    for folder in folders:
        folder.rmdir()


def test_a_socket_folder_that_others_may_write_is_refused(tmp_path):
    tmp_path.chmod(0o777)
    with pytest.raises(CannotStart, match="may be written by other users"):
        paths.refuse_shared(tmp_path)


def test_a_socket_folder_that_is_a_link_is_refused(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(CannotStart):
        paths.refuse_shared(link)


def test_a_file_in_the_way_is_named_with_the_remedy(tmp_path):
    (tmp_path / "var").write_text("")
    with pytest.raises(CannotStart, match="SPO_VAR=/path"):
        places_in(tmp_path)


def test_a_socket_folder_elsewhere_is_removed_at_the_end_and_one_below_var_stays(tmp_path):
    for name, stays in (("plain", True), ("a space", False)):
        places = places_in(tmp_path / name)
        places.release()
        assert places.sockets.exists() == stays
