"""The report of a comparison: figures, page, tables, written as one folder that is replaced whole or not at all."""
