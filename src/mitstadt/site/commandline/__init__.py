"""Everything that ``./mitstadt COMMAND`` can do; one module a command, each with ``main(arguments) -> exit code``."""
