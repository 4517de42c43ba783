"""What is derived from the articles kept, made anew by the rules of this version: what each is known by, and
which are copies of one another.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from sources import addresses
from tracker.store import copying
from tracker.store.rows import facts_hash, identity, to_article
from tracker.store.schema import articles, links

_PIECES = {"yield_per": 500}


def renew(connection: Connection) -> None:
    """Put everything derived in the place of what an earlier version derived."""
    _identities(connection)
    _links(connection)
    copying.link_everything(connection)


def _identities(connection: Connection) -> None:
    """What articles known by their address are known by. Where two are one and the same by now, the one kept
    first keeps its name, the other the name it had.
    """
    taken = set(connection.scalars(select(articles.c.identity)))
    by_address = select(articles).where(articles.c.identity.startswith("url:")).order_by(articles.c.key)
    changed = []
    for row in connection.execute(by_address, execution_options=_PIECES):
        article = to_article(row)
        name = identity(article)
        if name != row.identity and name not in taken:
            taken.add(name)
            changed.append((row.key, {"identity": name, "facts_hash": facts_hash(article)}))
    for key, values in changed:
        connection.execute(articles.update().where(articles.c.key == key).values(values))


def _links(connection: Connection) -> None:
    """What links in feeds are known by; of two that are one by now, the one whose name sorts first stays."""
    rows = connection.execute(select(links.c.identity, links.c.url).order_by(links.c.identity)).all()
    taken = {row.identity for row in rows}
    for known, url in rows:
        name = addresses.identity(url)
        if name == known:
            continue
        here = links.c.identity == known
        if name in taken:
            connection.execute(links.delete().where(here))
        else:
            taken.add(name)
            connection.execute(links.update().where(here).values(identity=name))
