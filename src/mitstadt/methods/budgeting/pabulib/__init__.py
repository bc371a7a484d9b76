"""Pabulib's ``.pb`` files: `reading` reads them, checked row by row, `document` writes them back without loss."""
