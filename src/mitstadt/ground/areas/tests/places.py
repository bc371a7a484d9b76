"""Twenty places that people know, and the district each lies in."""

PLACES = {
    "Alexanderplatz": (13.4132, 52.5219, "Mitte"),
    "Brandenburger Tor": (13.3777, 52.5163, "Mitte"),
    "Leopoldplatz": (13.3593, 52.5466, "Mitte"),
    "Kottbusser Tor": (13.4178, 52.4990, "Friedrichshain-Kreuzberg"),
    "Boxhagener Platz": (13.4597, 52.5107, "Friedrichshain-Kreuzberg"),
    "Kollwitzplatz": (13.4184, 52.5366, "Pankow"),
    "Rathaus Pankow": (13.4018, 52.5693, "Pankow"),
    "Schloss Charlottenburg": (13.2957, 52.5206, "Charlottenburg-Wilmersdorf"),
    "Kurfürstendamm": (13.3250, 52.5032, "Charlottenburg-Wilmersdorf"),
    "Zitadelle Spandau": (13.2124, 52.5413, "Spandau"),
    "Rathaus Steglitz": (13.3206, 52.4563, "Steglitz-Zehlendorf"),
    "Freie Universität": (13.2908, 52.4529, "Steglitz-Zehlendorf"),
    "Rathaus Schöneberg": (13.3443, 52.4852, "Tempelhof-Schöneberg"),
    "Lichtenrade": (13.4060, 52.3980, "Tempelhof-Schöneberg"),
    "Hermannplatz": (13.4256, 52.4865, "Neukölln"),
    "Gropiusstadt": (13.4610, 52.4240, "Neukölln"),
    "Schloss Köpenick": (13.5727, 52.4439, "Treptow-Köpenick"),
    "Gärten der Welt": (13.5752, 52.5387, "Marzahn-Hellersdorf"),
    "Tierpark": (13.5289, 52.5010, "Lichtenberg"),
    "Kurt-Schumacher-Platz": (13.3285, 52.5640, "Reinickendorf"),
}
