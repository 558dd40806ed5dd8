"""From the characters of a numeral to its exact value. Pure Python: no spaCy, no sentences."""
