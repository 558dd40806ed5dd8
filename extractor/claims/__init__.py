"""From quantity mentions to claims: one module a field, each with its own table of words."""
