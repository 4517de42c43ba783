"""``tracker fetch``: poll feeds and keep what is new in them."""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import options

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sources.addresses import Network
    from sources.fetching import Limits
    from sources.registry import Registry
    from sources.rows import Outlet
    from tracker.following import Target


@click.command(
    epilog="""\b
Examples:
  tracker fetch https://example.org/rss.xml --dry-run
  tracker fetch --source kyodo-news --since 2025-06-01
  tracker fetch --country JPN --quiet

For cron, once an hour; feeds are polled when they are due, every 10 minutes to 24 hours:

\b
  0 * * * *  TRACKER_CONTACT=desk@example.org tracker fetch --country JPN --quiet"""
)
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "--source", "outlets", multiple=True, metavar="ID", help="The feeds of this outlet of the registry."
)
@click.option(
    "--country", "named", multiple=True, metavar="CODE", help="The feeds of this country's outlets."
)
@click.option("--since", metavar="DATE", help="Leave out articles that a feed dates before this day (UTC).")
@click.option("--now", "eager", is_flag=True, help="Poll registered feeds that are not due yet, too.")
@options.contact
@options.pause
@click.option("--allow-address", "allowed", multiple=True, metavar="RANGE", hidden=True)
@click.option("--dry-run", is_flag=True, help="Poll, print what would be fetched, keep nothing.")
@options.database
@options.registry
@options.problems
def fetch(
    urls: tuple[str, ...], outlets: tuple[str, ...], named: tuple[str, ...], since: str | None, eager: bool,
    contact: str | None, pause: float, allowed: tuple[str, ...], dry_run: bool, db: str, wait: float,
    own: tuple[Path, ...], strict: bool, errors: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Poll feeds and keep the new articles with their reactions.

    URL is a feed or an article's page, polled at once. Without one, the feeds of the registry's outlets that
    are due are polled. Obeys robots.txt; waits between requests to one host; calls public addresses only.
    """
    from sources.article import Unreadable
    from sources.fetching import Fetcher, user_agent
    from tracker.app import Read
    from tracker.cli.plain import plain
    from tracker.cli.problems import Problems
    from tracker.cli.progress import Progress
    from tracker.following import Following
    from tracker.store import Store
    from tracker.versions import release

    known = options.loaded(own)
    targets = _targets(urls, outlets, options.countries(named, known), known)
    fetcher = Fetcher(user_agent(release(), contact), limits=_limits(pause, allowed))
    first_day = options.day(since, "--since")
    place = options.place(db, dry_run=dry_run)
    if not (contact or quiet):
        click.echo("Sites cannot tell who asks: give an address with --contact or TRACKER_CONTACT.", err=True)
    counted: Counter[str] = Counter()
    with (
        Problems(strict=strict, errors=errors, quiet=quiet) as problems,
        Store.open(place, wait=wait) as store,
        _lock(place),
        Progress("requests", quiet=quiet) as progress,
    ):
        run = Following(store, known, fetcher, since=first_day, eager=eager, dry_run=dry_run)
        done = 0
        for each in run.run(targets):
            if isinstance(each, Unreadable):
                counted["problems"] += 1
                progress.clear()
                problems.tell(each)
                if strict:
                    break
            elif isinstance(each, Read):
                counted[each.kept] += 1
                problems.heed(each.article)
                counted["reactions"] += each.reactions
            else:
                counted[each.what] += 1
                progress.clear()
                if each.what == "listed" and dry_run:
                    click.echo(plain(each.url))
                elif each.said and not quiet:
                    click.echo(plain(each.said), err=True)
            progress.expect(run.waiting)
            while done < run.done:
                done += 1
                progress.advance()
    if not quiet:
        click.echo(_summary(counted, db, dry_run=dry_run), err=dry_run)
    return problems.status


command = fetch


def _targets(
    urls: tuple[str, ...], outlets: tuple[str, ...], countries: tuple[str, ...], known: Registry
) -> list[Target]:
    """What to follow. Raises UsageError for no address, for an unknown outlet, and if no feed is known."""
    from sources.addresses import checked
    from sources.errors import UsageError
    from tracker.following import Target

    targets = []
    for url in urls:
        checked(url)
        targets.append(Target(url.strip(), asked=True))
    if urls and not (outlets or countries):
        return targets
    chosen = [_outlet(name, known) for name in outlets]
    chosen += [outlet for code in countries for outlet in known.outlets(code)]
    if not (outlets or countries):
        chosen = list(known.outlets())
    feeds = [Target(feed, outlet.name) for outlet in chosen for feed in outlet.feeds]
    if chosen and not feeds:
        names = ", ".join(outlet.name for outlet in chosen[:3]) + (", ..." if len(chosen) > 3 else "")
        raise UsageError(
            f"The registry knows no feed of {names}. Name the feed's address, or add it with --registry FILE."
        )
    if not (chosen or targets):
        raise UsageError(f"The registry knows no outlet of {', '.join(countries)}. Name a feed's address.")
    return targets + feeds


def _outlet(name: str, known: Registry) -> Outlet:
    """The outlet of an id, a name or another name it goes by, written with spaces or hyphens in any case."""
    from difflib import get_close_matches

    from sources.errors import UsageError

    wanted = _loose(name)
    outlets = {outlet.id: outlet for outlet in known.outlets()}
    found = [each for each in outlets.values() if wanted in map(_loose, (each.id, each.name, *each.aliases))]
    if name in outlets or len(found) == 1:
        return outlets.get(name) or found[0]
    near = [each.id for each in found] or get_close_matches(name, outlets, n=1)
    hint = f" Did you mean {' or '.join(near)}?" if near else " 'tracker sources' lists them."
    raise UsageError(f"--source: '{name}' is no outlet of the registry.{hint}")


def _loose(name: str) -> str:
    return name.replace("-", " ").casefold().strip()


def _limits(pause: float, allowed: tuple[str, ...]) -> Limits:
    from sources.errors import UsageError
    from sources.fetching import Limits

    ranges: list[Network] = []
    for text in allowed:
        try:
            ranges.append(ip_network(text))
        except ValueError:
            raise UsageError(f"--allow-address: '{text}' is no range. Write it as 127.0.0.1/32.") from None
    return Limits(pause=pause, allowed=tuple(ranges))


def _lock(place: str) -> AbstractContextManager[object]:
    """One fetch at a time for one database. Raises StoreError at once where another is at work."""
    from contextlib import nullcontext

    from tracker.locking import locked
    from tracker.store.sqlite import file_of

    path = file_of(place)
    return locked(path, "tracker fetch") if path else nullcontext()


def _summary(counted: Counter[str], db: str, *, dry_run: bool) -> str:
    """ "Polled 12 feeds, 3 of them unmodified; 80 not due yet. Kept 14 new articles with 52 reactions." """
    polled = counted["polled"] + counted["unmodified"]
    feeds = f"Polled {_n(polled, 'feed')}"
    if counted["unmodified"]:
        feeds += f", {counted['unmodified']:,} of them unmodified"
    aside = [
        f"{counted[what]:,} {said}"
        for what, said in (("not due", "not due yet"), ("put off", "put off"), ("given up", "given up"))
        if counted[what]
    ]
    if dry_run:
        kept = f"Would fetch {_n(counted['listed'], 'article')}"
    else:
        kept = f"Kept {_n(counted['new'], 'new article')} with {_n(counted['reactions'], 'reaction')}"
        kept += "".join(f", {counted[what]:,} {what}" for what in ("revised", "unchanged") if counted[what])
    ends = f" {_n(counted['problems'], 'problem')}." if counted["problems"] else ""
    return f"{'; '.join([feeds, *aside])}. {kept}.{ends} Database: {db}"


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
