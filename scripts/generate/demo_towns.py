"""Where the stations of the demonstration registry stand: towns and roads, with invented, generic street names."""

from dataclasses import dataclass

TOWN, VILLAGE, ROAD, BEACH = "town", "village", "road", "beach"


@dataclass(frozen=True)
class Cluster:
    """A settlement or a stretch of road with its number of stations.

    Streets run along `bearing_deg` (degrees north of east) or across it; `radius_m` is half their length.
    """

    adcode: str
    kind: str
    lon: float
    lat: float
    radius_m: int
    bearing_deg: int
    stations: int
    along: tuple[str, ...]
    across: tuple[str, ...] = ()


def words(text: str) -> tuple[str, ...]:
    """Split a list of street names at spaces."""
    return tuple(text.split())


CLUSTERS = (
    Cluster(
        "130302",
        TOWN,
        119.5970,
        39.9370,
        1700,
        4,
        46,
        words("建设大街 和平大街 民主街 新华街 光明街 工农街"),
        words("文化路 迎宾路 民族路 友谊路 红星路 朝阳路 青年路"),
    ),
    Cluster(
        "130302",
        TOWN,
        119.5590,
        39.9450,
        1500,
        8,
        26,
        words("西环大街 兴港街 团结街 安居街"),
        words("站前路 河西路 学院路 先锋路 劳动路"),
    ),
    Cluster(
        "130302",
        TOWN,
        119.5110,
        39.9370,
        1500,
        12,
        16,
        words("创业大街 智造道 滨河道"),
        words("科技路 云山路 创新路 兴业路"),
    ),
    Cluster(
        "130302", TOWN, 119.6370, 39.9490, 1300, 10, 14, words("东环大街 港东街 平安街"), words("东山路 纺织路 龙海路")
    ),
    Cluster("130302", VILLAGE, 119.5300, 39.9860, 600, 20, 4, words("镇前街 集市街"), words("北园路")),
    Cluster("130302", VILLAGE, 119.5950, 40.0850, 500, 40, 3, words("矿山街"), words("石桥路")),
    Cluster("130302", VILLAGE, 119.6080, 40.0220, 500, 0, 3, words("仓储街"), words("北港路")),
    Cluster("130302", ROAD, 119.5700, 39.9680, 4500, 6, 6, words("北环公路")),
    Cluster(
        "130303",
        TOWN,
        119.7540,
        40.0000,
        1300,
        3,
        21,
        words("城楼大街 南园街 老城街 兴华街"),
        words("古城路 石桥东路 钟鼓路 东关路"),
    ),
    Cluster("130303", VILLAGE, 119.7720, 39.9830, 700, 15, 5, words("船厂街 望海街"), words("龙湾路")),
    Cluster("130303", VILLAGE, 119.7010, 39.9850, 500, 5, 3, words("临港街"), words("装备路")),
    Cluster("130303", ROAD, 119.7300, 40.0180, 2500, 20, 3, words("关北公路")),
    Cluster(
        "130304",
        TOWN,
        119.4965,
        39.8335,
        1300,
        2,
        19,
        words("海风街 松林街 礁石街 晨光街"),
        words("云帆路 望潮路 红石路 槐荫路"),
    ),
    Cluster("130304", BEACH, 119.4960, 39.8225, 1100, 3, 5, words("听涛大道")),
    Cluster("130304", BEACH, 119.5120, 39.8370, 900, 95, 6, words("观鸟路"), words("赤松街 金屋街")),
    Cluster(
        "130306",
        TOWN,
        119.2361,
        39.8840,
        1300,
        355,
        16,
        words("安宁大街 迎春街 金山街 富民街"),
        words("果园路 紫荆路 杨柳路 商贸路"),
    ),
    Cluster("130306", VILLAGE, 119.3050, 39.7950, 500, 15, 4, words("营中街"), words("生态路")),
    Cluster("130306", VILLAGE, 119.1600, 40.0200, 500, 350, 3, words("台前街"), words("山货路")),
    Cluster("130306", ROAD, 119.2700, 39.9100, 4000, 25, 3, words("抚北公路")),
    Cluster(
        "130321", TOWN, 118.9460, 40.4030, 900, 20, 13, words("青山大街 山城南街 民泰街"), words("枫林路 西岸路 清泉路")
    ),
    Cluster("130321", VILLAGE, 119.3000, 40.4500, 400, 30, 3, words("岭下街"), words("林场路")),
    Cluster("130321", VILLAGE, 118.7500, 40.3600, 400, 340, 2, words("栗园街"), words("山口路")),
    Cluster("130321", ROAD, 119.0300, 40.3800, 3500, 345, 2, words("青南公路")),
    Cluster(
        "130322",
        TOWN,
        119.1603,
        39.7070,
        1200,
        358,
        17,
        words("丰收大街 钟楼街 二道街 汇文街"),
        words("葡园路 学府路 果乡路 书香路"),
    ),
    Cluster("130322", VILLAGE, 119.0300, 39.6200, 500, 10, 3, words("皮毛街"), words("沙田路")),
    Cluster("130322", BEACH, 119.2960, 39.6500, 900, 72, 3, words("沙丘路"), words("浴场街")),
    Cluster("130322", ROAD, 119.1900, 39.6700, 3500, 300, 3, words("昌南公路")),
    Cluster(
        "130324", TOWN, 118.8733, 39.8912, 900, 5, 10, words("永宁大街 府南街 府前街"), words("古塔路 东风路 永安路")
    ),
    Cluster("130324", VILLAGE, 119.0200, 39.8600, 400, 12, 3, words("望山街"), words("粉丝路")),
    Cluster("130324", ROAD, 118.9300, 39.8750, 3000, 350, 3, words("卢抚公路")),
)
