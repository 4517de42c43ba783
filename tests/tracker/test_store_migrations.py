"""A database of every schema there ever was opens: copied first, then migrated to what a new one is."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Boolean, DefaultClause, Inspector, MetaData, create_engine, false, inspect

from sources.article import Article
from sources.errors import StoreError
from tracker.store import Query, Store, migrations, schema
from tracker.store.schema import unescaped
from tracker.store.words import POSTGRESQL
from tracker.versions import Versions

EARLIER = sorted((Path(__file__).parent / "databases").glob("*.db.gz"))
VERSIONS = Versions("1.0", "3.3.2", "aaaa", "bbbb", "cccc")


@pytest.fixture(params=EARLIER, ids=lambda path: path.name.removesuffix(".db.gz"))
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "earlier.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def shape(place: Path | str) -> dict[str, object]:
    """Tables with their columns, keys and indexes, whatever the order they were made in."""
    engine = create_engine(place if isinstance(place, str) else f"sqlite:///{place}")
    with closing(engine.connect()) as connection:
        there = inspect(connection)
        found = {name: _shape(there, name) for name in there.get_table_names()}
    engine.dispose()
    return found


def _shape(there: Inspector, name: str) -> object:
    return (
        sorted((c["name"], str(c["type"]), c["nullable"], c["default"]) for c in there.get_columns(name)),
        there.get_pk_constraint(name)["constrained_columns"],
        sorted((k["referred_table"], *k["constrained_columns"]) for k in there.get_foreign_keys(name)),
        sorted((i["name"], *map(str, i["column_names"]), i["unique"]) for i in there.get_indexes(name)),
        sorted(tuple(u["column_names"]) for u in there.get_unique_constraints(name)),
    )


def words_settings(path: Path) -> dict[str, int]:
    """How the index of words is kept."""
    with closing(sqlite3.connect(path)) as plain:
        return dict(plain.execute("SELECT k, v FROM article_words_config"))


def told(path: Path) -> str:
    plain = sqlite3.connect(path)
    try:
        return str(plain.execute("SELECT value FROM about WHERE name = 'schema'").fetchone()[0])
    finally:
        plain.close()


def test_every_schema_has_a_specimen_and_a_way() -> None:
    known = {int(path.name.split(".")[0].split("-")[1]) for path in EARLIER}
    assert known >= set(range(1, schema.SCHEMA))
    assert set(migrations.STEPS) == set(range(2, schema.SCHEMA + 1))


def test_it_becomes_what_a_new_one_is(earlier: Path, tmp_path: Path) -> None:
    before = earlier.read_bytes()
    with Store.open(earlier) as opened:
        assert opened.copy == earlier.with_name(f"earlier.schema-{told(opened.copy)}.db")
        assert opened.faults() == []
        found = opened.reactions()
        assert [r.country for r in found] == ["NOR", "GBR/FRA"]
        assert all(a.text[r.quote_start : r.quote_end] == r.quote
                   for a, r in zip(opened.articles(), found, strict=True))  # fmt: skip
        assert "\0" in next(opened.articles()).text
        assert [v.registry for v in opened.versions()] == ["b0", "b1"]
        assert opened.holdings().unreadable == 1
        assert len(opened.reactions(Query(topic="cafe", countries=("FRA",)))) == 1
        assert opened.keep(Article("new", "New words."), (), VERSIONS) == "new"
        assert len(opened.reactions(Query(topic="harbour"))) == 2
    Store.open(tmp_path / "new.db").close()
    assert shape(earlier) == shape(tmp_path / "new.db")
    assert words_settings(earlier) == words_settings(tmp_path / "new.db")
    assert told(earlier) == str(schema.SCHEMA)
    copy = earlier.with_name(f"earlier.schema-{told(opened.copy)}.db")
    assert sqlite3.connect(copy).execute("SELECT count(*) FROM articles").fetchone() == (2,)
    assert len(before) == copy.stat().st_size
    with Store.open(earlier) as again:
        assert again.copy is None


@pytest.fixture
def earlier_on_server(earlier: Path, postgresql: str) -> str:
    """The address of a server's database of the same schema, with the same rows; servers know all but 1."""
    if told(earlier) == "1":
        pytest.skip("no version of that schema could use a server")
    file, server = create_engine(f"sqlite:///{earlier}"), create_engine(postgresql)
    tables = MetaData()
    tables.reflect(file, only=lambda name, _: not name.startswith("article_words"))
    for column in (column for table in tables.tables.values() for column in table.columns):
        if isinstance(column.type, Boolean) and column.server_default is not None:
            column.server_default = DefaultClause(false())
    tables.tables["articles"].c.key.autoincrement = False
    tables.create_all(server)
    with file.connect() as reader, server.begin() as writer:
        for table in tables.sorted_tables:
            rows = [dict(row) for row in reader.execute(table.select()).mappings()]
            if rows:
                writer.execute(table.insert(), rows)
        for statement in POSTGRESQL:
            writer.exec_driver_sql(statement)
    file.dispose()
    server.dispose()
    return postgresql


def test_on_a_server_it_becomes_what_a_new_one_is(
    earlier_on_server: str, another: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Store.open(earlier_on_server) as opened:
        assert opened.copy
        assert told(opened.copy) != str(schema.SCHEMA)
        assert opened.faults() == []
        assert [r.country for r in opened.reactions()] == ["NOR", "GBR/FRA"]
        assert "\0" in next(opened.articles()).text
        assert [v.registry for v in opened.versions()] == ["b0", "b1"]
        assert len(opened.reactions(Query(topic="cafe", countries=("FRA",)))) == 1
        assert opened.keep(Article("new", "New words."), (), VERSIONS) == "new"
        copy = opened.copy
    Store.open(another).close()
    assert shape(earlier_on_server) == shape(another)
    with Store.open(copy) as saved:
        assert [r.country for r in saved.reactions()] == ["NOR", "GBR/FRA"]
        assert len(saved.reactions(Query(topic="cafe", countries=("FRA",)))) == 1
    with Store.open(earlier_on_server) as again:
        assert again.copy is None
        assert again.holdings().articles == 3


def test_a_copy_that_cannot_be_made_leaves_all_as_it_was(
    earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full.")

    before, known = shape(earlier), told(earlier)
    monkeypatch.setattr("tracker.store.sqlite.SqliteFile.save", full)
    with pytest.raises(StoreError, match="the disk is full"):
        Store.open(earlier)
    assert (shape(earlier), told(earlier)) == (before, known)


def test_a_step_that_fails_leaves_all_as_it_was(earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, known = shape(earlier), told(earlier)

    def broken(connection: object, *_: object) -> None:
        from alembic.migration import MigrationContext
        from alembic.operations import Operations

        Operations(MigrationContext.configure(connection)).drop_table("reactions")
        raise RuntimeError("wheel fell off")

    monkeypatch.setattr("tracker.store.migrations.upgrade", broken)
    with pytest.raises(RuntimeError):
        Store.open(earlier)
    assert (shape(earlier), told(earlier)) == (before, known)


@pytest.mark.parametrize("page", ["http://www.example.org/a/?utm_source=x&b=2", "https://example.org/a?b=2"])
def test_an_article_known_by_an_earlier_rule_of_addresses_is_known_still(earlier: Path, page: str) -> None:
    """Addresses were kept whole once; two that are one by now stay two, and the first is the one known."""
    first, second = "https://www.example.org/a/?b=2&utm_medium=y", "https://example.org/a/?b=2"
    plain = sqlite3.connect(earlier)
    keys = [key for (key,) in plain.execute("SELECT key FROM articles ORDER BY key")]
    for key, url in zip(keys, (first, second), strict=True):
        known = "UPDATE articles SET url = ?1, id = ?1, identity = 'url:' || ?1 WHERE key = ?2"
        plain.execute(known, (url, key))
    plain.commit()
    text, title, outlet, published = plain.execute(
        "SELECT text, title, outlet, published FROM articles WHERE key = ?", keys[:1]
    ).fetchone()
    plain.close()
    with Store.open(earlier) as opened:
        again = Article("", unescaped(text), title, published, outlet, page)
        assert opened.keep(again, (), VERSIONS) == "unchanged"
        assert opened.holdings().articles == 2
        assert opened.faults() == []
