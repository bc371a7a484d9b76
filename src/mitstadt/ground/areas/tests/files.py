"""Small GeoJSON files and how the tests load them."""

import io
import json

from mitstadt.ground.areas.actions import ImportOptions, import_areas


def square(lon=13.40, lat=52.50, size=0.01):
    west, south, east, north = lon, lat, lon + size, lat + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(properties, coordinates=None, kind="Polygon"):
    geometry = {"type": kind, "coordinates": coordinates if coordinates is not None else square()}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def load(document, now, **options):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return import_areas(io.BytesIO(data), options=ImportOptions(**options), now=now)
