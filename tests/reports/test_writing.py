"""Editions on disk: whole or not at all, nothing lost that is not ours, nothing outside the folder."""

import json
import re
from dataclasses import replace
from hashlib import sha256

import pytest

from reports import renderers
from reports.renderers import write, write_file
from sources.errors import StoreError, UsageError


def test_writing_gives_the_files_and_their_hashes(edition, tmp_path):
    paths = write(edition, tmp_path, ("html", "md", "json"))
    assert [p.name for p in paths[:3]] == [f"{edition.stem}.{form}" for form in ("html", "md", "json")]
    manifest = json.loads((tmp_path / edition.stem / "manifest.json").read_bytes())
    assert set(manifest["files"]) | {f"{edition.stem}/manifest.json"} == {
        p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()
    }
    for name, digest in manifest["files"].items():
        assert sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    assert manifest["counted"] == sorted(manifest["counted"])
    linked = re.findall(r"\]\(([^)<]+)\)", (tmp_path / f"{edition.stem}.md").read_text("utf-8"))
    assert linked
    assert all((tmp_path / link).is_file() for link in linked)


@pytest.mark.slow
def test_writing_again_changes_nothing_and_other_content_needs_force(edition, two, tmp_path):
    first = write(edition, tmp_path)
    stamps = [p.stat().st_mtime_ns for p in first]
    assert write(edition, tmp_path) == first
    assert [p.stat().st_mtime_ns for p in first] == stamps
    first[0].write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        write(edition, tmp_path)
    assert first[0].read_text() == "mine"
    write(edition, tmp_path, force=True)
    assert first[0].read_bytes().startswith(b"<!DOCTYPE html>")
    assert not list(tmp_path.rglob(".*"))


@pytest.mark.slow
def test_another_format_of_the_same_edition_joins_the_first(edition, tmp_path):
    write(edition, tmp_path, ("html", "md"))
    write(edition, tmp_path, ("json",))
    listed = json.loads((tmp_path / edition.stem / "manifest.json").read_bytes())["files"]
    assert {f"{edition.stem}.{form}" for form in ("html", "md", "json")} <= listed.keys()
    (tmp_path / f"{edition.stem}.md").write_text("mine")
    write(edition, tmp_path, ("html",))
    listed = json.loads((tmp_path / edition.stem / "manifest.json").read_bytes())["files"]
    assert f"{edition.stem}.md" not in listed
    (tmp_path / edition.stem / "manifest.json").write_text("[broken")
    write(edition, tmp_path, ("html",))
    assert json.loads((tmp_path / edition.stem / "manifest.json").read_bytes())["kind"] == "report"


def test_what_another_edition_left_goes_and_nothing_else(edition, tmp_path):
    folder = tmp_path / edition.stem
    write(edition, tmp_path, ("html", "md", "json"))
    (folder / "mine.csv").write_text("mine")
    (tmp_path / f"{edition.stem}.json").write_text("changed by hand")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (tmp_path / "outside.md").write_text("safe")
    (folder / "old.csv").write_text("old")
    digest = sha256(b"safe").hexdigest()
    manifest["files"] |= {
        f"{edition.stem}/old.csv": sha256(b"old").hexdigest(), "outside.md": digest,
        f"{edition.stem}/../outside.md": digest,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest))
    other = replace(edition, basis=replace(edition.basis, articles=99))
    with pytest.raises(UsageError, match=r"\.html is there already with other content|of another edition"):
        write(other, tmp_path, ("html",))
    assert (folder / "old.csv").exists()
    write(other, tmp_path, ("html",), force=True, dry_run=True)
    assert (folder / "old.csv").exists()
    write(other, tmp_path, ("html",), force=True)
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    listed = set(json.loads((folder / "manifest.json").read_bytes())["files"])
    assert f"{edition.stem}.md" not in left
    assert not [name for name in left if name.endswith((".svg", "old.csv"))]
    by_hand = {f"{edition.stem}.json", f"{edition.stem}/mine.csv", "outside.md"}
    assert left == listed | by_hand | {f"{edition.stem}/manifest.json"}
    with pytest.raises(UsageError, match=r"\.html is there already, of another edition. Add --force"):
        write(edition, tmp_path, ("md",))


def test_an_unknown_format_is_refused(edition, tmp_path):
    with pytest.raises(UsageError, match="'docx' is no report format; there are html, md, pdf, json"):
        write(edition, tmp_path, ("docx",))


def test_a_full_disk_leaves_the_old_report(tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    write_file(target, b"old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(renderers.os, "fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
