"""Make places and languages from CLDR names (Babel), and Natural Earth shapes (npm `world-atlas`).

Usage: python tools/build_places.py [FOLDER_OF_WORLD_ATLAS_2.0.2]; developers run it, the workbook
never. Without the folder only the names are made.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from strategy_lib.core import settings
from strategy_lib.schema.text import loose_key

DATA = Path(__file__).resolve().parents[1] / "data"
LANGUAGES = [language for language in settings.LANGUAGES if language != "en"]
# Codes of CLDR that are no places of ISO 3166-1: groupings, reserved and private-use codes.
NOT_PLACES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# Three-letter codes that CLDR also maps here, but that are no longer in use.
OBSOLETE = {
    "BUR",
    "DDR",
    "FXX",
    "ROM",
    "SUN",
    "TMP",
    "YMD",
    "ZAR",
    "NTZ",
    "ANT",
    "SCG",
    "YUG",
    "CSK",
}
# Places whose largest polygon is not where a reader looks for them, or that the shapes leave out
# or number otherwise: latitude and longitude of their middle, or of their largest island.
POINTS = {
    "BQ": (12.2, -68.3),
    "BV": (-54.4, 3.4),
    "CC": (-12.2, 96.8),
    "CX": (-10.5, 105.7),
    "DE": (51.1, 10.4),
    "FR": (46.6, 2.4),
    "GF": (3.9, -53.1),
    "GI": (36.1, -5.4),
    "GP": (16.2, -61.5),
    "MQ": (14.7, -61.0),
    "NO": (64.2, 13.9),
    "RE": (-21.1, 55.5),
    "SD": (16.0, 30.0),
    "SJ": (78.7, 16.0),
    "TK": (-9.2, -171.8),
    "TV": (-8.5, 179.2),
    "UM": (19.3, 166.6),
    "XK": (42.6, 20.9),
    "YT": (-12.8, 45.2),
}
# Regions as CLDR contains places in them (those of the United Nations' M49, some of them joined).
REGIONS = {
    "africa": "AO BF BI BJ BV BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR "
    "LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA "
    "ZM ZW",
    "americas": "AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS "
    "GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI",
    "europe": "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE "
    "LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    "west_central_asia": "AE AM AZ BH CY GE IL IQ JO KG KW KZ LB OM PS QA SA SY TJ TM TR UZ YE",
    "south_asia": "AF BD BT IN IR LK MV NP PK",
    "east_asia": "BN CN HK ID JP KH KP KR LA MM MN MO MY PH SG TH TL TW VN",
    "pacific": "AQ AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM "
    "VU WF WS",
}
Point = tuple[float, float]
Ring = list[Point]


def country_codes() -> list[str]:
    """Two-letter codes, sorted."""
    names = Locale.parse("en").territories
    return sorted(c for c in names if len(c) == 2 and c.isalpha() and c not in NOT_PLACES)


def code_list() -> dict[str, Any]:
    """The code list `country`."""
    names = {lang: Locale.parse(lang).territories for lang in ("en", *LANGUAGES)}
    return {
        "name": "country",
        "title": "Countries and places",
        "description": "Two-letter codes of ISO 3166-1. Names are those of the Unicode CLDR; the "
        "workbook takes no position on any place, and an organisation sets its own names in "
        "workbook.toml [places.names].",
        "source": "Unicode CLDR, through Babel 2.18",
        "order": "name",
        "codes": _labelled(country_codes(), names),
    }


def _labelled(codes: list[str], names: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "label": names["en"][code],
            "labels": {lang: names[lang].get(code, names["en"][code]) for lang in LANGUAGES},
        }
        for code in codes
    ]


def written_languages() -> list[str]:
    """Codes of languages that CLDR has texts in, or that have a two-letter code, sorted."""
    names = Locale.parse("en").languages
    written = {code for code in locale_identifiers() if code.isalpha()}
    return sorted(c for c in names if c.isalpha() and (len(c) == 2 or c in written))


def language_list() -> dict[str, Any]:
    """The code list `language`."""
    names = {lang: dict(Locale.parse(lang).languages) for lang in ("en", *LANGUAGES)}
    codes = set(written_languages())
    for listed in names.values():
        # "Ga" is what Irish has for a code.
        same = {code for code in codes if loose_key(listed.get(code, "")) in codes - {code}}
        listed.update({code: f"{listed[code]} ({code})" for code in same})
    return {
        "name": "language",
        "title": "Languages",
        "description": "Codes of ISO 639 in two or three letters, with the names of the Unicode "
        "CLDR.",
        "source": "Unicode CLDR, through Babel 2.18",
        "order": "name",
        "codes": _labelled(written_languages(), names),
    }


def names_elsewhere() -> dict[str, dict[str, list[str]]]:
    """Code -> what it is called in other languages than those of the forms.

    Countries as every language of CLDR calls them, languages as they call themselves; a name that
    means two of them is left out.
    """
    found: dict[str, dict[str, dict[str, str]]] = {"country": {}, "language": {}}
    countries, languages = set(country_codes()), set(written_languages())
    for code in sorted(c for c in locale_identifiers() if c.isalpha()):
        locale = Locale.parse(code)
        for country, name in locale.territories.items():
            if country in countries:
                found["country"].setdefault(loose_key(name), {}).setdefault(country, name)
        if code in languages and (name := locale.languages.get(code)):
            found["language"].setdefault(loose_key(name), {}).setdefault(code, name)
    made: dict[str, dict[str, list[str]]] = {}
    for kind, codes in (("country", code_list()), ("language", language_list())):
        known = {
            loose_key(text)
            for code in codes["codes"]
            for text in (code["code"], code["label"], *code["labels"].values())
        }
        listed: dict[str, list[str]] = {}
        for key, meant in sorted(found[kind].items()):
            if key and key not in known and len(meant) == 1:
                ((code, name),) = meant.items()
                listed.setdefault(code, []).append(name)
        made[kind] = dict(sorted(listed.items()))
    return made


def other_codes(length: int, digits: bool) -> dict[str, str]:
    """Two-letter code -> three-letter or numeric code, from CLDR's aliases."""
    aliases = get_global("territory_aliases")
    return {
        targets[0]: alias
        for alias, targets in sorted(aliases.items())
        if len(alias) == length
        and alias.isdigit() == digits
        and len(targets) == 1
        and alias not in OBSOLETE
    }


def shapes(path: Path, name: str) -> Iterator[tuple[str, list[Ring]]]:
    """Id and outer rings (longitude, latitude) of each geometry of a TopoJSON file."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = list(_arcs(topology))
    for geometry in topology["objects"][name]["geometries"]:
        polygons = geometry.get("arcs", [])
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        yield str(geometry.get("id", "")), [_ring(polygon[0], arcs) for polygon in polygons]


def _arcs(topology: dict[str, Any]) -> Iterator[Ring]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def _ring(indices: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc if not ring else arc[1:]
    return ring


def centroid(ring: Ring) -> tuple[float, Point]:
    """Area (square degrees) and centre (latitude, longitude) of a ring."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return abs(area / 2), (y / (3 * area), x / (3 * area)) if area else (ring[0][1], ring[0][0])


def without_seam(ring: Ring) -> list[Ring]:
    """A ring that crosses the 180th meridian as one ring on each side of it.

    >>> ring = [(170, 0), (-170, 0), (-170, 9), (170, 9)]
    >>> [sorted({x for x, _ in part}) for part in without_seam(ring)]
    [[-180, -170], [170, 180]]
    """
    unrolled = [ring[0]]
    for x, y in ring[1:]:
        turns = round((unrolled[-1][0] - x) / 360)
        unrolled.append((x + 360 * turns, y))
    shifted = ([(x + shift, y) for x, y in unrolled] for shift in (-360, 0, 360))
    parts = [_cut(_cut(part, 180, -1), -180, 1) for part in shifted]
    return [part for part in parts if len(part) > 2]


def _cut(ring: Ring, meridian: float, side: int) -> Ring:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman 1974)."""
    kept: Ring = []
    for (x0, y0), (x1, y1) in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        in0, in1 = side * (x0 - meridian) >= 0, side * (x1 - meridian) >= 0
        if in0 != in1:
            kept.append((meridian, y0 + (meridian - x0) / (x1 - x0) * (y1 - y0)))
        if in1:
            kept.append((x1, y1))
    return kept


def land(path: Path) -> dict[str, Any]:
    """Land without borders and without Antarctica, to a tenth of a degree."""
    rings = [r for _, found in shapes(path, "land") for ring in found for r in without_seam(ring)]
    rounded = [[[round(x, 1), round(y, 1)] for x, y in ring] for ring in rings]
    return {
        "type": "land outline",
        "source": "Natural Earth 1:110m land (public domain), through world-atlas 2.0.2",
        "rings": [ring for ring in rounded if max(y for _, y in ring) > -60],
    }


def places(path: Path) -> list[list[Any]]:
    """Code, three-letter code, latitude, longitude and region of every place."""
    alpha3, numeric = other_codes(3, False), other_codes(3, True)
    regions = {code: name for name, codes in REGIONS.items() for code in codes.split()}
    points = {
        number: max(centroid(part) for ring in rings for part in without_seam(ring))[1]
        for number, rings in shapes(path, "countries")
        if rings
    }
    rows: list[list[Any]] = []
    for code in country_codes():
        point = POINTS.get(code) or points.get(numeric.get(code, ""))
        if point is None:
            raise SystemExit(f"{code} has no shape; give it a point in POINTS.")
        where = [round(value, 1) for value in point]
        rows.append([code, alpha3.get(code, ""), *where, regions[code]])
    return rows


def write_names() -> None:
    """Write the code lists of countries and languages, and what else these are called."""
    for codes in (code_list(), language_list()):
        text = json.dumps(codes, indent=1, ensure_ascii=False) + "\n"
        (DATA / "codes" / f"{codes['name']}.json").write_text(text, encoding="utf-8")
    lines = json.dumps(names_elsewhere(), ensure_ascii=False, indent=0) + "\n"
    (DATA / "reference" / "names_elsewhere.json").write_text(lines, encoding="utf-8")


def write_places(atlas: Path) -> None:
    """Write the outline of land, and the place of every country."""
    outline = json.dumps(land(atlas / "land-110m.json"), separators=(",", ":")) + "\n"
    (DATA / "reference" / "land_outline.json").write_text(outline, encoding="utf-8")
    with (DATA / "reference" / "countries.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country_code", "iso3", "latitude", "longitude", "region"])
        writer.writerows(places(atlas / "countries-50m.json"))


if __name__ == "__main__":
    write_names()
    if sys.argv[1:]:
        write_places(Path(sys.argv[1]))
