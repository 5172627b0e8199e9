"""As much data as a country would have, to measure with: made up, skewed as real data is, repeatable.

`tales` decides what happens in a case, `rows` writes it as rows, `bulk` brings them in, `log` gives
them the lines that the audit would have written.
"""
