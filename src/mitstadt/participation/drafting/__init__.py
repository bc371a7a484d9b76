"""Writing together (gemeinsam schreiben): a text opened passage by passage.

People comment, ask and propose wordings; the editors answer everything; the next version comes out with every passage
traced from the last.
"""
