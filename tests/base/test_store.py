import errno
import os
from hashlib import sha256
from pathlib import Path

import pytest

from laar.base import store
from laar.base.actions import MOST_BYTES, keep_evidence
from laar.base.models import Evidence
from laar.base.trail import history
from laar.kit.names import Name
from tests.refused import refused, refused_without_trace
from tests.world import PNG


def keep(world, content, by="manager", programme=None):
    return keep_evidence(
        programme or world.programme,
        content,
        caption=Name("Paper", "ឯកសារ"),
        dated=world.day,
        by=world.users[by],
        on=world.day,
    )


def everything():
    """Every file under the store, finished or not."""
    return [path for path in store.folder().rglob("*") if path.is_file()]


@pytest.fixture
def disk(monkeypatch):
    """What is asked of the disk, in order."""
    asked = []
    fsync, replace = os.fsync, Path.replace

    def spied_fsync(handle):
        asked.append("fsync folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "fsync file")
        fsync(handle)

    def spied_replace(self, target):
        assert self.read_bytes(), "renamed before it was written"
        asked.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", spied_fsync)
    monkeypatch.setattr(Path, "replace", spied_replace)
    return asked


def failing(code):
    def fail(*_):
        raise OSError(code, os.strerror(code))

    return fail


def test_content_is_named_by_its_digest_and_reads_back():
    digest = store.put(b"a paper")
    assert digest == sha256(b"a paper").hexdigest()
    assert store.read(digest) == b"a paper"
    assert [path.name for path in store.kept()] == [digest]


def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_folders_after(disk):
    store.put(b"a paper")
    assert disk[:2] == ["fsync file", "rename"]
    assert disk[2:] == ["fsync folder"] * 3


def test_the_row_comes_after_the_file(world, monkeypatch):
    """A row without its file would be a proof that proves nothing."""

    def power_cut(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "sync_folder", power_cut)
    with pytest.raises(KeyboardInterrupt):
        keep(world, PNG)
    assert not Evidence.objects.exists()


def test_a_full_disk_is_refused_in_words_and_nothing_is_left(world, monkeypatch):
    for where, call in ((os, "fsync"), (Path, "replace"), (os, "fdopen")):
        for code in (errno.ENOSPC, errno.EDQUOT):
            with monkeypatch.context() as full:
                full.setattr(where, call, failing(code))
                with refused_without_trace("store.full") as no:
                    keep(world, PNG)
            assert no.value.status == 507
            assert everything() == [], call
    assert not Evidence.objects.exists()


def test_a_disk_that_is_broken_is_no_refusal(monkeypatch):
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(OSError, match="Input/output error"):
        store.put(b"a paper")
    assert everything() == []


def test_a_disk_that_does_not_keep_what_was_written_is_noticed(monkeypatch):
    monkeypatch.setattr(store, "digest_of", lambda _: "0" * 64)
    with pytest.raises(OSError, match="did not keep"):
        store.put(b"a paper")
    assert everything() == []


def test_the_same_content_twice_is_one_file_and_one_row(world):
    first, second = keep(world, PNG + b"same"), keep(world, PNG + b"same", by="finance")
    assert first == second
    assert Evidence.objects.count() == len(everything()) == 1
    assert history(first).count() == 1


def test_the_same_content_in_two_programmes_is_one_file_and_two_rows(world):
    mine = keep(world, PNG)
    theirs = keep(world, PNG, by="stranger", programme=world.other)
    assert mine != theirs
    assert mine.sha256 == theirs.sha256
    assert len(everything()) == 1


def test_a_damaged_file_is_mended_when_its_content_comes_again():
    digest = store.put(b"a paper")
    store.path_of(digest).write_bytes(b"damaged")
    assert store.put(b"a paper") == digest
    assert store.read(digest) == b"a paper"


def test_a_picture_or_a_pdf_is_known_by_its_first_bytes(world):
    kinds = {PNG + b"x": "image/png", b"\xff\xd8\xff\xe0x": "image/jpeg", b"%PDF-1.7\nx": "application/pdf"}
    for content, kind in kinds.items():
        piece = keep(world, content)
        assert (piece.media_type, piece.size) == (kind, len(content))


def test_anything_else_is_refused(world):
    for content in (b"", b"MZ\x90", b"<html>", b"GIF89a", b"\x89PNG", b" %PDF-1.7"):
        with refused_without_trace("evidence.kind"):
            keep(world, content)
    assert everything() == []


def test_too_large_a_file_is_refused(world):
    with refused_without_trace("evidence.size") as no:
        keep(world, PNG + bytes(MOST_BYTES))
    assert "25 MB" in no.value.text.en
    assert everything() == []


def test_who_may_not_keep_evidence_leaves_no_file(world):
    with refused("access.no_role"):
        keep(world, PNG, by="nobody")
    assert everything() == []


def test_a_file_that_is_gone_can_not_be_read():
    with pytest.raises(FileNotFoundError):
        store.read("0" * 64)
