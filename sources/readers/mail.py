"""Mail (.eml) by the standard library: a statement as it was sent, or a page saved in one file (.mhtml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sources.article import Article, Unreadable
from sources.encoding import decode
from sources.languages import language_code
from sources.opening import RefusedError
from sources.readers.html import article_of
from sources.readers.markup import text_of
from sources.readers.reader import Facts, Input, Reader

if TYPE_CHECKING:
    from email.message import EmailMessage

_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]", re.MULTILINE)
_SENT = {
    b"received",
    b"return-path",
    b"mime-version",
    b"message-id",
    b"delivered-to",
    b"dkim-signature",
    b"content-type",
}


def recognises(head: bytes, name: str) -> bool:
    """Whether it begins with a mail's header: From, Date or Subject, and a field only mail has."""
    header = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    if not _FIELD.match(header):
        return False
    fields = {field.lower() for field in _FIELD.findall(header)}
    told = len(fields & {b"from", b"date", b"subject"})
    return told > 1 and (bool(fields & _SENT) or name.endswith((".eml", ".mhtml", ".mht")))


def read(source: Input) -> Iterator[Article | Unreadable]:
    """The message's own words: its plain text, else its HTML as text. Attachments are not opened.

    Of a saved page, the article the page holds.
    """
    from email import message_from_bytes, policy
    from email.utils import parseaddr

    message = message_from_bytes(source.whole(), policy=policy.default)
    address = _field(message, "Snapshot-Content-Location")
    try:
        if address:
            text, facts = article_of(_page(message), source.given.url or address)
            yield from source.document(text, facts)
            return
        text = _body(message)
        subject, date = _field(message, "Subject"), _field(message, "Date")
        sender, _ = parseaddr(_field(message, "From") or "")
        language = _field(message, "Content-Language")
    except RefusedError:
        raise
    except Exception:  # the standard library's parser raises much on hostile headers
        raise RefusedError("the mail's header or body is damaged.", "Save the message again.") from None
    if not text.strip():
        raise RefusedError("the mail holds no text.", "Save its attachment and give that.")
    facts = Facts(
        id=(_field(message, "Message-ID") or "").strip("<> ") or None,
        title=subject,
        published=date,
        outlet=sender or None,
        language=language_code(language),
    )
    yield from source.document(text, facts)


def _page(message: EmailMessage) -> bytes:
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    data = page.get_payload(decode=True) if page else None
    if not isinstance(data, bytes):
        raise RefusedError("the saved page holds no HTML.", "Save the article's own page.")
    return data


def _field(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    words = " ".join(str(value).split()) if value is not None else ""
    return words or None


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        words = data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        words = decode(data)
    return text_of(words) if part.get_content_subtype() == "html" else words


READER = Reader(
    name="mail",
    reads="mail (.eml) and pages saved in one file (.mhtml), one article a file",
    suffixes=(".eml", ".mhtml", ".mht"),
    recognises=recognises,
    read=read,
)
