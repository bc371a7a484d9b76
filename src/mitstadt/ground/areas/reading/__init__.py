"""Files of areas read and checked before anything is written: text, shapes, columns, trees. No database."""
