"""The port to a translation service that the operator runs: LibreTranslate's API, asked for public words only."""
