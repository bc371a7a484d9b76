"""What leaves the city as a file to print or to open elsewhere: typeset PDF, spreadsheets, streams of JSON."""
