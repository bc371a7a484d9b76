"""Days and times in German."""

DATE_FORMAT = "j. F Y"
MONTH_DAY_FORMAT = "j. F"
DATETIME_FORMAT = "j. F Y, H:i"
