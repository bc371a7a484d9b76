"""One file with everything a city would miss: database, uploads, secrets and the log's signed head."""
