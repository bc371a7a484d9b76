"""Twelve invented district shapes (Voronoi cells around twelve points in a drawn outline) for the sample map."""

DISTRICTS = (
    (
        "Mitte",
        "M352 315L402 318L480 205L380 144L321 200Z",
    ),
    (
        "Friedrichshain-Kreuzberg",
        "M402 318L445 353L558 344L583 304L493 204L480 205Z",
    ),
    (
        "Pankow",
        "M380 144L480 205L493 204L582 81L525 67L421 16L380 19Z",
    ),
    (
        "Charlottenburg-Wilmersdorf",
        "M352 315L321 200L199 184L181 333L300 363Z",
    ),
    (
        "Spandau",
        "M181 333L199 184L129 87L85 110L46 209L36 333L80 400Z",
    ),
    (
        "Steglitz-Zehlendorf",
        "M300 363L181 333L80 400L99 429L194 513L328 534L332 533Z",
    ),
    (
        "Tempelhof-Schöneberg",
        "M300 363L332 533L429 514L445 353L402 318L352 315Z",
    ),
    (
        "Neukölln",
        "M558 344L445 353L429 514L430 514L566 533L581 520Z",
    ),
    (
        "Treptow-Köpenick",
        "M613 294L583 304L558 344L581 520L648 462L749 410L782 346Z",
    ),
    (
        "Marzahn-Hellersdorf",
        "M613 294L782 346L804 302L769 179L664 109Z",
    ),
    (
        "Lichtenberg",
        "M583 304L613 294L664 109L646 98L582 81L493 204Z",
    ),
    (
        "Reinickendorf",
        "M199 184L321 200L380 144L380 19L298 26L183 58L129 87Z",
    ),
)
