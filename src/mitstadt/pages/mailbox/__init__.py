"""The mails of a demo city, to read in place of a real mailbox. A city in operation has no such page."""
