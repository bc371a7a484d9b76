"""What a city is made of before anyone takes part: areas, people, organisations, refs, mail, files, clock."""
