"""What a report says of measured accuracy is what was measured."""

import re
from pathlib import Path

import pytest

from tracker.measured import MEASURED

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")
ROWS = {
    "reactions found (F1)": "reactions F1",
    "country right": "country",
    "source right": "source",
    "speaker right": "speaker",
    "sign of tone right": "tone sign",
    "stance, where given, right": "stance where given",
}


@pytest.mark.parametrize(("what", "figure"), MEASURED)
def test_each_figure_is_that_of_the_method(what: str, figure: str) -> None:
    part = PAGE.split("### World")[1].split("###")[0]
    row = ROWS[what.rpartition(": ")[2]]
    found = re.search(rf"^\| {row} \| ([\d.]+) \|$", part, re.MULTILINE)
    assert found
    assert f"{float(found[1]):.2f}" == figure


def test_the_articles_and_reactions_are_those_of_the_method() -> None:
    assert "19 articles on international events, 210 reactions" in PAGE
    assert MEASURED[0][0].startswith("on 19 articles of international events, 210 reactions: ")
