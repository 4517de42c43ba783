"""What people said of an edition: their notes as a section of its own, their marks in the method box."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reports import remarks
from reports.edition import Facts
from reports.recipe import Audit, Basis, Remark


def test_no_note_no_section() -> None:
    assert remarks.sections(Basis()) == []


def test_each_note_with_what_it_is_on_who_made_it_and_when() -> None:
    noted = Remark("the topic missile shield", "One\nline.", "mk", "2025-06-05")
    (section,) = remarks.sections(Basis(remarks=(noted, replace(noted, text="Two"))))
    (facts,) = section.blocks
    assert isinstance(facts, Facts)
    assert facts.entries == (
        ("The topic missile shield", "One line. (mk, 5\u00a0June\u00a02025)", False),
        ("The topic missile shield", "Two (mk, 5\u00a0June\u00a02025)", False),
    )


@given(st.text(), st.text(), st.text())
def test_any_text_is_shown_on_one_line(on: str, text: str, by: str) -> None:
    (section,) = remarks.sections(Basis(remarks=(Remark(on, text, by, "2025-06-05"),)))
    assert isinstance(section.blocks[0], Facts)
    ((term, told, command),) = section.blocks[0].entries
    assert not command
    assert "\n" not in term + told
    (term + told).encode()


def test_the_method_box_tells_the_precision() -> None:
    from reports.method import _audit

    told = _audit(Audit(46, 50, ("ab", "mk"))).replace("\u00a0", " ")
    assert told.startswith("46 of 50 reactions of these weeks, drawn at random and marked by ab and mk")
    assert told.endswith("92%, 95% interval 81% to 97% (Wilson).")
