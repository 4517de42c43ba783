"""What is kept: articles and their reactions in one SQLite file. The only SQL of the product."""

from tracker.store.database import Holdings, Store
from tracker.store.query import Query
from tracker.store.rows import Kept

__all__ = ["Holdings", "Kept", "Query", "Store"]
