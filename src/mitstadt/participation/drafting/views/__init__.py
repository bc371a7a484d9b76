"""Pages of writing together: reading, contributing, editing, exports."""
