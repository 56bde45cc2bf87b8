"""The office's file of boundaries: shapes that can be drawn, or an error, never a map without its units."""

import json
from pathlib import Path

import pytest

from pipelines.products.site.overview import read_boundaries

RING = [[105.7, 18.4], [105.9, 18.4], [105.8, 18.6], [105.7, 18.4]]


def write(folder: Path, *geometries: object) -> Path:
    """A file in which units 443, 444 and so on have these geometries."""
    features = [
        {"type": "Feature", "properties": {"unit_code": 443 + place}, "geometry": geometry}
        for place, geometry in enumerate(geometries)
    ]
    file = folder / "boundaries.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


def test_shapes_are_found_by_code_and_others_are_not_asked_for(tmp_path: Path) -> None:
    one, several = {"type": "Polygon", "coordinates": [RING]}, {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    file = write(tmp_path, one, several, {"type": "Point", "coordinates": [105.7, 18.4]})
    assert read_boundaries(file, {"443", "444", "999"}) == {"443": one, "444": several}


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": "x"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [RING[:3]]},
        {"type": "Polygon", "coordinates": [[["a", "b"]] * 4]},
        {"type": "Polygon", "coordinates": [[[105.7]] * 4]},
        {"type": "Polygon", "coordinates": [[[105.7, float("nan")]] * 4]},
        {"type": "MultiPolygon", "coordinates": [RING]},
        {"type": "Point", "coordinates": [105.7, 18.4]},
        {"type": "Tỉnh", "coordinates": [RING]},
    ],
)
def test_a_shape_that_cannot_be_drawn_is_an_error(tmp_path: Path, geometry: object) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_boundaries(write(tmp_path, geometry), {"443"})
