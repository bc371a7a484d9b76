"""Message catalogues: one for each floor and slice, in its own folder; every German sentence has its translations.

The compiled files are not kept in the repository (nobody can merge them): whoever starts Django compiles what is stale.
"""
