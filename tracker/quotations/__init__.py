"""Finding quotations: one kind of evidence a file."""
