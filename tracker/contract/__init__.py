"""The output records as JSON: the one place that knows their shape. Fields may be added, never renamed.

``fields`` describes a record, ``records`` and ``listings`` say which fields each has and make it,
``published`` lists them all; ``python -m tracker.contract`` prints the JSON Schema in docs/. The
documents of reports are in ``reports.documents``.
"""

from tracker.contract.fields import Field, Record
from tracker.contract.listings import (
    change_record,
    correction_record,
    hit_record,
    mark_record,
    note_record,
    problem_record,
    topic_record,
    version_records,
)
from tracker.contract.published import DOCUMENTS, FIELDS, SCHEMA, RecordName, check, columns, line, schema
from tracker.contract.records import (
    ARTICLE,
    REACTION,
    SCORE,
    STATEMENT,
    article_record,
    explanation,
    reaction_record,
    score_record,
    statement_record,
    to_article,
    to_reaction,
    to_score,
)

__all__ = [
    "ARTICLE",
    "DOCUMENTS",
    "FIELDS",
    "REACTION",
    "SCHEMA",
    "SCORE",
    "STATEMENT",
    "Field",
    "Record",
    "RecordName",
    "article_record",
    "change_record",
    "check",
    "columns",
    "correction_record",
    "explanation",
    "hit_record",
    "line",
    "mark_record",
    "note_record",
    "problem_record",
    "reaction_record",
    "schema",
    "score_record",
    "statement_record",
    "to_article",
    "to_reaction",
    "to_score",
    "topic_record",
    "version_records",
]
