"""What an edition says, its figures, and the formats it is written in."""
