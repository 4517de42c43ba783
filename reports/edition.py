"""One report before any format says it: its rows, figures, quotes and words, all frozen.

Texts in an edition are plain: renderers escape them. Tones lie in [-1, 1]; shares in [0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from reports.periods import Period
from reports.recipe import Basis, By, Kind, Recipe
from reports.statistics import Difference, Interval

Signal = Literal["up", "down", "level", "too few", "silent", "not covered", "cannot tell"]
Value = str | int | float | None
FigureName = Literal[
    "change", "ranking", "trends", "heatmap", "tilemap", "pair", "distribution", "contrasts", "trend"
]


@dataclass(frozen=True, slots=True)
class Point:
    """One row's week. ``mean`` is the mean of article means, None without a statement; ``interval`` None
    when thin.
    """

    week: Period
    statements: int = 0
    unscored: int = 0
    appearances: int = 0
    articles: int = 0
    outlets: int = 0
    mean: float | None = None
    interval: Interval | None = None
    median: float | None = None
    scored_mean: float | None = None
    negative: float | None = None
    zero: float | None = None
    positive: float | None = None

    @property
    def thin(self) -> bool:
        """Some statements, but too few articles for an interval."""
        return self.mean is not None and self.interval is None


@dataclass(frozen=True, slots=True)
class Row:
    """A country or organisation over the weeks, oldest first; the last point is this week."""

    code: str
    name: str
    points: tuple[Point, ...]
    signal: Signal
    change: Difference | None = None
    shrunk: float | None = None
    rank: int | None = None
    beside: Point | None = None
    by: By = "country"

    @property
    def now(self) -> Point:
        """This week."""
        return self.points[-1]

    @property
    def before(self) -> Point:
        """Last week."""
        return self.points[-2]

    @property
    def reading(self) -> str:
        """The signal in words; where only the week before has too few articles, that."""
        return "few before" if self.signal == "too few" and self.now.interval else self.signal

    @property
    def arrow(self) -> bool:
        """Whether the change is clear enough for an arrow."""
        return self.signal in ("up", "down")


@dataclass(frozen=True, slots=True)
class Standings:
    """What the figures of rows draw: every row, ranked first and by shrunken tone, then the others.

    ``event`` is a day marked by a line. ``whole`` is how many rows there are where these are a part of them.
    """

    rows: tuple[Row, ...]
    weeks: tuple[Period, ...]
    event: date | None = None
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows and, week by week, the second minus the first with its interval; None where either is thin."""

    first: Row
    second: Row
    weeks: tuple[Period, ...]
    differences: tuple[tuple[float, Interval | None] | None, ...]


@dataclass(frozen=True, slots=True)
class Histogram:
    """One row's statements by tone: counts in 20 bins of 0.1 from -1 to 1 without exact zeros, and the
    zeros; ``thin`` where articles are too few for shares.
    """

    name: str
    bins: tuple[int, ...]
    zeros: int
    mean: float
    thin: bool = False

    @property
    def statements(self) -> int:
        """All of them."""
        return sum(self.bins) + self.zeros


@dataclass(frozen=True, slots=True)
class Contrast:
    """A difference on one selection of statements, with the articles on either side; None where too few."""

    label: str
    difference: Difference | None
    first_articles: int
    second_articles: int


Drawing = Standings | Pair | tuple[Histogram, ...] | tuple[Contrast, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. ``scale`` columns show a cell's ``dot``, ``bar`` columns its ``bar``, both without
    words. On a phone a column is left out unless ``phone``; one that is ``under`` is a line beneath its row.
    """

    head: str
    align: Literal["left", "right"] = "left"
    phone: bool = True
    kind: Literal["text", "scale", "bar"] = "text"
    under: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A mean and its interval on the scale from -1 to 1; hollow where too few. ``beside`` is the lighter
    mark.
    """

    mean: float | None
    interval: Interval | None = None
    beside: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, its sign where it is coloured, its anchor's target where it is a link."""

    text: str = ""
    sign: int | None = None
    strong: bool = False
    note: str = ""
    dot: Dot | None = None
    bar: float | None = None
    mark: Literal["up", "down", ""] = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of cells; muted where thin, strong where it has an arrow. One cell alone is a heading across."""

    cells: tuple[Cell, ...]
    strong: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with the note under it, named by ``summary`` or else by its section; a ``folded`` one is shut
    on the page and left out in print.
    """

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    note: str = ""
    summary: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its words, its data (columns and rows, unrounded) and what is drawn."""

    name: FigureName
    title: str
    subtitle: str
    source: str
    alt: str
    columns: tuple[str, ...]
    data: tuple[tuple[Value, ...], ...]
    drawing: Drawing
    half: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation as shown. ``weight`` is set on the words that made the score."""

    text: str
    kind: Literal["words", "aside", "word", "turn"] = "words"
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in its place: the sentence before, its pieces, the marks that close it, the sentence after,
    and where it is from. ``close`` holds the closing quotation mark of a ``verbatim`` one.
    """

    id: str
    label: str
    tone: float
    scored: bool
    verbatim: bool
    before: str
    pieces: tuple[Piece, ...]
    after: str
    who: str
    where: str
    day: str
    url: str | None
    appearances: int = 1
    close: str = ""


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """A row's quotes."""

    code: str
    name: str
    signal: Signal
    change: float | None
    quotes: tuple[Quote, ...]
    open: bool = True
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes by row, in a column or (``side_by_side``) beside each other; ``summary`` names those folded."""

    groups: tuple[QuoteGroup, ...]
    side_by_side: bool = False
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms and what is said of each; the last of the three tells whether the text is a command."""

    entries: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


Block = Table | Figure | Quotes | Facts | Words


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. ``id`` is its anchor; ``half`` puts two side by side. ``key`` says what
    the marks of its table's scale mean, where one is drawn.
    """

    id: str
    heading: str
    note: str = ""
    blocks: tuple[Block, ...] = ()
    half: bool = False
    marks: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A finding: its number, what the number is, the sentence, the evidence, and the anchor behind it."""

    number: str
    unit: str
    sentence: str
    evidence: str
    link: str = ""
    target: str = ""
    sign: int | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole report. ``stem`` names its files; ``counted`` are the ids of the reactions behind its
    numbers, ``given`` those of all it was made from, ``recipe`` how it was asked for.
    """

    kind: Kind
    stem: str
    kicker: str
    title: str
    topic: str | None
    facts: str
    footer: str
    week: Period
    weeks: tuple[Period, ...]
    takeaways: tuple[Takeaway, ...]
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]
    basis: Basis
    label: str | None = None
    counted: tuple[str, ...] = field(default=())
    given: tuple[str, ...] = field(default=())
    recipe: Recipe | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in the order of the page."""
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, Figure))
