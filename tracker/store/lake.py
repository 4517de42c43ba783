"""A lake that ``tracker archive`` made, asked through DuckDB as if it were a database; it is only read.

Its partitions stand as views under the names of the tables, so that every question is put as elsewhere; what
people add to a database (corrections, marks, notes) is none here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from sources import places
from sources.errors import StoreError
from tracker import lakes
from tracker.store import schema
from tracker.store.backend import sentences

_REMEDY = "Put articles into a database with 'tracker ingest', or archive them with 'tracker archive'."

# An article that stands in several partitions counts once: the window is over its day too, so that only the
# days that are asked for are read.
_ARTICLES = """
CREATE VIEW articles AS
SELECT key, identity, article AS id, text_hash, '' AS facts_hash, 1 AS revision, 1 AS version, title,
    published, day, {week} AS week, outlet, outlet_id, outlet_country, url, language, article AS origin, text,
    parts, coalesce(turns, '[]') AS turns, extent, flags, CAST(NULL AS BIGINT) AS copy_of
FROM read_parquet({files})
QUALIFY row_number() OVER (PARTITION BY day, identity ORDER BY key) = 1
"""
_REACTIONS = """
CREATE VIEW reactions AS
SELECT article_key, position, day, id, quote, quote_start, quote_end,
    replace(quote_spans, ' ', '') AS quote_spans, kind, manner, cue,
    cue_start, cue_end, mention, mention_start, mention_end, speaker, role, source, source_id, source_kind,
    voice, country, via, tone, vader, stance,
    to_json([json_array(e.text, e."start", e."end", e.valence) FOR e IN from_json(
        evidence, '[{{"text": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "valence": "DOUBLE"}}]'
    )])::VARCHAR AS evidence,
    act, target, rung, antecedent, before, after, CAST(NULL AS VARCHAR) AS extracted, false AS dropped
FROM read_parquet({files})
"""
_SIDES = """
CREATE VIEW reaction_countries AS
SELECT unnest(string_split(country, '/')) AS country, {week} AS week, article_key, position
FROM read_parquet({files}) WHERE country IS NOT NULL
"""
_UNREADABLE = "CREATE VIEW unreadable AS SELECT place, why, remedy FROM read_parquet({files})"
_WEEK = "CASE WHEN day IS NULL THEN 0 ELSE isoyear(day) * 100 + weekofyear(day) END"
_VIEWS = {
    "articles": _ARTICLES,
    "reactions": _REACTIONS,
    "reaction_countries": _SIDES,
    "unreadable": _UNREADABLE,
}
_KINDS = {"reaction_countries": "reactions", "unreadable": "problems"}


class ParquetLake:
    """The lake of a folder or address."""

    read_only = True
    begin_reading = ""

    def __init__(self, place: str) -> None:
        """Open it. Raises StoreError where there is none, or it is of a newer version."""
        self.place = place
        told = lakes.manifest(place)
        if told is None:
            raise StoreError(f"{place}: is a folder without an archive in it. {_REMEDY}")
        if told["layout"] > lakes.LAYOUT:
            raise StoreError(
                f"{place}: was made by a newer version (layout {told['layout']}; this one knows up to "
                f"{lakes.LAYOUT}). Install the newer version."
            )
        if not told["partitions"]:
            raise StoreError(f"{place}: no partition of the archive is finished. {_REMEDY}")
        self._told = told
        self.engine: Engine = self._engine()

    @property
    def begin_writing(self) -> NoReturn:
        """There is no writing. Raises StoreError."""
        raise StoreError(
            f"{self.place}: is an archive, which is only read. To add to it run 'tracker archive' again; to "
            "correct and note, keep the articles in a database with 'tracker ingest'."
        )

    def make_ready(self) -> None:
        """Nothing: the views were laid when it was opened."""

    def is_empty(self, connection: Connection) -> bool:
        """It never is: one with no partition is not opened."""
        return False

    def lay_words(self, connection: Connection) -> None:
        """Nothing: words are looked for in the texts."""

    def copy_place(self, name: str) -> Path | None:
        """None: nothing is changed."""
        return None

    def save(self, to: Path) -> None:
        """Raises StoreError."""
        raise StoreError(
            f"{self.place}: is an archive. Copy its folder, or export it with 'tracker db export'."
        )

    @contextmanager
    def unenforced(self) -> Iterator[Connection]:
        """Raises StoreError: there is no writing."""
        _ = self.begin_writing
        yield  # type: ignore[misc]  # pragma: no cover

    def faults(self, connection: Connection) -> list[str]:
        """Partitions of which not all rows are there that its line tells of."""
        found = []
        for kind in ("articles", "reactions", "problems"):
            rows = f"SELECT count(*) FROM read_parquet({self._files(kind)})"
            there = connection.exec_driver_sql(rows).scalar()
            wanted = sum(each[kind] for each in self._told["partitions"])
            if there != wanted:
                found.append(f"There are {there:,} {kind}, and {wanted:,} were written.")
        return found

    def size(self, connection: Connection) -> int:
        """The bytes of its files."""
        fs, path = places.filesystem(self.place)
        return int(sum(fs.sizes([each for each in fs.find(path) if each.endswith(".parquet")])))

    def complaint(self, problem: BaseException | None) -> str:
        """What DuckDB says, in its first line."""
        said = str(problem).splitlines()[0] if str(problem) else "no answer"
        return f"the archive cannot be read: {said.rstrip('.')}. Make it whole with 'tracker archive'."

    def _engine(self) -> Engine:
        try:
            import duckdb
            from duckdb_engine import ConnectionWrapper
        except ImportError:
            raise StoreError(
                "An archive needs libraries that are not installed. "
                "Install them with: pip install 'reaction-tracker[archive]'"
            ) from None
        base = duckdb.connect(":memory:")
        fs, _ = places.filesystem(self.place)
        if not places.is_local(self.place):
            base.register_filesystem(fs)
        engine = create_engine(
            "duckdb:///:memory:", creator=lambda: ConnectionWrapper(base.cursor()), poolclass=NullPool
        )
        # The dialect knows the words of PostgreSQL, of which DuckDB takes fewer for a column's name.
        words = base.execute("SELECT keyword_name FROM duckdb_keywords()").fetchall()
        engine.dialect.identifier_preparer.reserved_words |= {word for (word,) in words}
        with sentences(self), engine.connect() as connection:
            self._lay(connection)
        return engine

    def _lay(self, connection: Connection) -> None:
        for name, view in _VIEWS.items():
            files = self._files(_KINDS.get(name, name))
            connection.exec_driver_sql(view.format(files=files, week=_WEEK))
        for table in schema.metadata.sorted_tables:
            if table.name not in _VIEWS:
                # Without keys and defaults: nothing is written here, and nothing may refer to a view.
                columns = (f'"{c.name}" {c.type.compile(connection.dialect)}' for c in table.columns)
                connection.exec_driver_sql(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
        facts = {"product": schema.PRODUCT, "schema": str(schema.SCHEMA)}
        rows: list[dict[str, Any]] = [{"name": name, "value": value} for name, value in facts.items()]
        connection.execute(schema.about.insert(), rows)
        made_by = dict.fromkeys(tuple(each["versions"].items()) for each in self._told["partitions"])
        versions = [{"key": key, **dict(each)} for key, each in enumerate(made_by, 1)]
        connection.execute(schema.versions.insert(), versions)
        connection.commit()

    def _files(self, kind: str) -> str:
        """The list of a kind's files as SQL; only of partitions that are finished."""
        names = [each["name"] for each in self._told["partitions"]]
        paths = [lakes.path(self.place, kind, name).replace("'", "''") for name in names]
        return "[" + ", ".join(f"'{path}'" for path in paths) + "]"
