"""Reading a text into passages, comparing wordings, finding places again, tracing versions, finding similar words."""
