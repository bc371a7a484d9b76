"""Pages of a host: preparing a process, leading it, and the workplace of everyone who works on one."""
