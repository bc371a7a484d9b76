"""Open data of a process: every public record, for everyone, as JSON and as a table."""
