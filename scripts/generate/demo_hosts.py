"""What each kind of host is like in the demonstration registry: how many, how named, how built, when open."""

from dataclasses import dataclass

from .demo_towns import BEACH, ROAD, TOWN, VILLAGE

BANKING = (
    "Mo-Fr 08:30-17:00; PH off",
    "Mo-Su 08:30-12:00,14:30-18:00",
    "Mo-Fr 08:30-17:00; Sa-Su,PH 09:00-16:00",
    "Mo-Su 08:30-17:00",
)
OFFICE = (
    "Mo-Fr 08:30-12:00,13:30-17:30; PH off",
    "Mo-Fr 08:30-12:00,14:00-17:30; PH off",
    "Mo-Fr 08:30-12:00,13:30-17:30; Sa 09:00-12:00; PH off",
)
STREET = (
    "Mo-Su 05:30-21:00",
    "Mo-Su 05:00-20:30",
    "Apr 01-Oct 31 05:00-21:00; Nov 01-Mar 31 05:30-19:30",
    "Apr 01-Oct 31 07:00-22:00; Nov 01-Mar 31 08:00-20:00",
)
SHOPPING = ("Mo-Su 07:00-22:30", "Mo-Su 08:00-21:30", "Mo-Su 06:30-23:00")
NIGHT = ("Mo-Su 18:00-06:00", "Mo-Su 22:00-06:00")
SUMMER = ("May 01-Oct 15 06:00-22:00", "Jun 01-Sep 30 06:30-21:30")
ALWAYS = ("24/7",)
ANYWHERE = (TOWN, VILLAGE, ROAD, BEACH)
BUILT_UP = (TOWN, VILLAGE, BEACH)


@dataclass(frozen=True)
class Host:
    """One host code: its number of stations, the words a station's name ends in, and its habits.

    `self_share` is the share built by the union itself; `partner` names the other builder, `{s}` being the street.
    """

    stations: int
    words: tuple[str, ...]
    partner: str
    self_share: float
    hours: tuple[str, ...]
    forms: tuple[str, ...] = ("room",)
    kinds: tuple[str, ...] = BUILT_UP
    every_district: bool = False


# In the order of data/vocabularies/hosts.csv; the numbers add up to 268.
HOSTS = {
    "bank": Host(
        46,
        ("银行驿站", "支行驿站", "储蓄所驿站"),
        "示例银行{s}支行",
        0.0,
        BANKING,
        ("corner", "corner", "room"),
        every_district=True,
    ),
    "post_courier": Host(
        18,
        ("快递驿站", "邮政驿站", "小哥驿站"),
        "示例快递{s}网点",
        0.1,
        ("Mo-Su 07:00-21:00", "Mo-Su 08:00-20:00", *NIGHT[:1]),
        ("room", "room", "cabinet"),
        every_district=True,
    ),
    "telecom": Host(
        8,
        ("通信营业厅驿站",),
        "示例通信{s}营业厅",
        0.0,
        ("Mo-Su 08:30-18:00", "Mo-Su 09:00-12:00,13:30-17:30"),
        ("corner",),
    ),
    "fuel": Host(
        14, ("加油站驿站", "油站司机驿站"), "示例石油{s}加油站", 0.0, ALWAYS, ("room", "corner"), (ROAD, TOWN)
    ),
    "power": Host(
        8,
        ("充电站驿站", "供电所驿站"),
        "示例供电{s}服务站",
        0.1,
        ("Mo-Su 08:00-18:00", "24/7"),
        ("room", "smart_unmanned"),
        (TOWN, VILLAGE, ROAD),
    ),
    "government_hall": Host(
        14,
        ("政务大厅驿站", "便民服务中心驿站"),
        "示例{d}政务服务中心",
        0.15,
        OFFICE,
        ("corner", "room"),
        every_district=True,
    ),
    "social_security_hall": Host(
        9, ("社保大厅驿站", "人社大厅驿站"), "示例{d}人社服务大厅", 0.1, OFFICE, ("corner", "room"), every_district=True
    ),
    "traffic_post": Host(
        16,
        ("交通岗亭驿站", "岗亭驿站"),
        "示例交警{s}岗",
        0.3,
        ("Mo-Su 06:30-20:30", "Mo-Su 07:00-19:00"),
        ("container", "room", "cabinet"),
        ANYWHERE,
    ),
    "sanitation": Host(
        40,
        ("环卫驿站", "公厕驿站", "道班驿站"),
        "示例环卫{s}班",
        0.7,
        STREET,
        ("room", "room", "container"),
        every_district=True,
    ),
    "city_management": Host(
        8, ("城管驿站",), "示例城管{s}中队", 0.4, ("Mo-Su 07:30-19:30", *STREET[3:]), ("room", "container")
    ),
    "bus": Host(
        9, ("公交场站驿站", "公交首末站驿站"), "示例公交{s}场站", 0.2, ("Mo-Su 05:30-21:30", "Mo-Su 05:00-22:00")
    ),
    "metro": Host(1, ("轨道驿站",), "示例轨道{s}站", 0.0, ("Mo-Su 06:00-22:30",), ("corner",), (TOWN,)),
    "highway": Host(3, ("服务区司机驿站", "司机之家驿站"), "示例高速{s}服务区", 0.0, ALWAYS, kinds=(ROAD,)),
    "shop": Host(10, ("便利店驿站", "爱心餐厅驿站"), "示例便利店{s}店", 0.0, SHOPPING, ("corner",)),
    "pharmacy": Host(6, ("药店驿站",), "示例大药房{s}店", 0.0, ("Mo-Su 08:00-21:00",), ("corner", "cabinet")),
    "library": Host(
        4, ("城市书房驿站",), "示例图书馆{s}分馆", 0.0, ("Tu-Su 09:00-17:00", "Tu-Su 09:00-20:00"), ("corner",), (TOWN,)
    ),
    "park": Host(
        8, ("公园驿站", "游客中心驿站"), "示例公园{s}管理所", 0.5, SUMMER, ("room", "container"), (BEACH, TOWN)
    ),
    "community": Host(
        12,
        ("社区驿站", "物业驿站"),
        "示例社区{s}居委会",
        0.4,
        ("Mo-Fr 08:30-12:00,13:30-17:30; PH off", "Mo-Su 08:00-20:00"),
        ("room", "corner"),
    ),
    "cultural_palace": Host(3, ("工人文化宫驿站",), "示例工人文化宫", 1.0, ("Tu-Su 08:30-21:00",), kinds=(TOWN,)),
    "industry": Host(
        24,
        ("骑手驿站", "货运驿站", "建筑工友驿站", "行业工会驿站"),
        "示例行业工会{s}分会",
        0.75,
        ("Mo-Su 08:00-20:00", "Mo-Su 10:00-22:00", *NIGHT),
        ("room", "container", "mobile", "smart_unmanned"),
        (TOWN, VILLAGE, ROAD),
    ),
    "workplace": Host(
        5,
        ("工间驿站", "产业园驿站"),
        "示例企业{s}工会",
        0.4,
        ("Mo-Sa 08:00-18:00; PH off",),
        ("room",),
        (TOWN, VILLAGE),
    ),
    "other": Host(2, ("暖心驿站",), "示例志愿服务队", 0.5, ("Mo-Su 07:00-19:00",), ("room",)),
}
