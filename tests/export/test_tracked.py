"""Tracked changes: accepted they are the new text, rejected the old one, to the character."""

import docx
import pytest
from docx.oxml.ns import qn

from policycmp import cli, document, export

OLD = """东山区若干政策

一、强化科技创新（区科技局牵头）
（一）支持创新。新增高新技术企业30家以上。
（二）引进人才。新增卓越工程师8人。
"""
NEW = """东山区若干政策

一、强化科技创新(区科技局牵头)
（一）支持创新。新增高新技术企业45家以上。
　　建设实验室\t两个 <A&B>。
（二）支持养老。新增养老床位300张。
"""


def read(path, dropped):
    """The text where all insertions (``ins``) or all deletions (``del``) are gone, and the others are plain text."""
    lines, text = [], ""
    for paragraph in docx.Document(path).paragraphs:
        for node in paragraph._p.iter(qn("w:t"), qn("w:delText"), qn("w:tab")):
            if not [one for one in node.iterancestors() if one.tag == qn(f"w:{dropped}")]:
                text += node.text or "\t"
        if not paragraph._p.xpath(f"w:pPr/w:rPr/w:{dropped}"):
            lines.append(text)
            text = ""
    return "\n".join([*lines, text] if text else lines)


def changes_in(path):
    """The insertions and deletions, each of which has a number of its own."""
    changes = docx.Document(path).element.body.xpath("//w:ins|//w:del")
    assert len({change.get(qn("w:id")) for change in changes}) == len(changes)
    return changes


def lines(text):
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


@pytest.fixture
def two(tmp_path):
    paths = tmp_path / "old.txt", tmp_path / "new.txt"
    for path, text in zip(paths, (OLD, NEW), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_accepted_it_is_the_new_text_and_rejected_the_old_one(two, tmp_path):
    path = tmp_path / "a.docx"
    assert cli.main(["editions", *map(str, two), "--track-changes", str(path)]) == 0
    assert read(path, "ins") == lines(OLD)
    assert read(path, "del") == lines(NEW)
    changes = changes_in(path)
    assert len(changes) > 5
    assert {change.get(qn("w:author")) for change in changes} == {"policycmp"}
    kept = [run.text for paragraph in docx.Document(path).paragraphs for run in paragraph.runs]
    assert "（一）支持创新。新增高新技术企业" in "".join(kept)


def test_of_long_texts_too_and_the_same_bytes_each_time(shipped, tmp_path):
    sides = [shipped.left, shipped.right]
    paths = [export.write_tracked_changes(*sides, tmp_path / name) for name in ("a.docx", "b.docx")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert len(changes_in(paths[0])) > 100
    for side, dropped in zip(sides, ("ins", "del"), strict=True):
        start, end = side.parts[side.parts["part"] == 0].iloc[0][["start", "end"]]
        assert read(paths[0], dropped) == lines(side.policy.text[start:end])


def test_an_edition_that_changes_nothing_tracks_nothing(two, tmp_path):
    old = document.load(two[0])
    assert not changes_in(export.write_tracked_changes(old, old, tmp_path / "a.docx"))
