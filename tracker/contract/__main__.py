"""Print the JSON Schema of the records: ``python -m tracker.contract > docs/contract.schema.json``."""

import json

from tracker.contract.published import schema

print(json.dumps(schema(), indent=2, ensure_ascii=False))
