"""Whose words a quotation is: speaker, role, source, country and relaying outlet of each mention.

``cast`` reads an article for all that is named in it (``doubtful`` weighs names that may be others' or
nobody's, ``capitals`` lists the words that tell); ``descriptions`` and ``appositions`` read what stands
around a name, ``affiliations`` and ``voices`` what that amounts to; ``persons`` gathers each person's
names; ``speakers`` adds what the article says elsewhere, and the registry; ``offices`` tells who can hold
one where; ``context`` is what the article takes for granted; ``coreference`` and ``anaphora`` find whom
"she" and "the ministry" stand for; ``relays`` who carried the words; ``resolver`` takes each attribution
through them.
"""

from tracker.resolution.resolver import resolve

__all__ = ["resolve"]
