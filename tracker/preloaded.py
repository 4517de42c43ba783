"""All that extracting needs, loaded: whoever imports this can be copied into processes that need not load it.

The registry that ships, the weights, the lexicon and the tables made of them are loaded as they are used: one
line is extracted.
"""

from sources.article import Article
from sources.registry import Registry
from tracker.pipeline import extract

extract(
    Article("", "“The plan is a threat,” said Ann Moss, the foreign minister of Norway."), Registry.load()
)
