"""Writes an example of what a clerk sends in: 30 invented stations with Chinese headings, in GCJ-02."""

import csv
from random import Random

from . import gcj02, geojson, paths
from .demo import Ground, stand
from .demo_towns import CLUSTERS, TOWN
from .districts import DISTRICTS

SEED = 30
HEADINGS = ("站点编号", "站点名称", "区县", "地址", "经度", "纬度", "依托单位", "建设方式", "开放时间", "服务设施",
            "联系电话", "启用日期")  # fmt: skip
BASIC = "饮水、微波炉、休息座椅、手机充电"
WARM = "饮水、热饭、座椅、充电、取暖、纳凉、药箱"

# Code of the district, ending of the name, host, build, hours, facilities, opening date: as different people write them.
ROWS = (
    ("130302", "爱心银行驿站", "银行", "共建", "8:30-12:00，14:30-18:00", BASIC, "2024-05-01"),
    ("130302", "清扫班驿站", "环卫", "自建", "5:30-21:00", WARM, "2023-09-15"),
    ("130302", "骑士之家驿站", "行业", "自建", "全天", "饮水、微波炉、座椅、WiFi、换电柜", "2025/3/18"),
    ("130302", "政务便民驿站", "政务大厅", "共建", "周一至周五 8:30-17:30", "饮水、座椅、打印、卫生间", "2024-01-08"),
    ("130302", "邮路驿站", "邮政快递", "共建", "7:00-21:00", BASIC, "2023-11-11"),
    ("130302", "执勤岗驿站", "交通岗亭", "自建", "夏季7:00-20:00 冬季7:00-18:00", "饮水、座椅、雨伞、药箱", "2022-07-01"),
    ("130302", "加油驿站", "加油站", "共建", "24小时", "饮水、厕所、停车位、充电", "2024年6月1日"),
    ("130302", "通信便民驿站", "通信营业厅", "共建", "8:30-18:00", "饮水、座椅、手机充电、无线网络", "2023-08-20"),
    ("130302", "书香驿站", "图书馆", "共建", "9:00-17:00", "座椅、饮水、图书、空调", "2021-04-23"),
    ("130302", "超市驿站", "便利店", "共建", "7:00-22:30", BASIC, "2025-06-30"),
    ("130302", "健康驿站", "药店", "共建", "8:00-21:00", "座椅、血压计、急救箱、饮水机", "2024-09-10"),
    ("130302", "城管便民驿站", "城管", "自建", "上午7时至晚上8时", WARM, "2022-12-01"),
    ("130303", "古城银行驿站", "银行", "共建", "周一至周五 8:30-17:00", BASIC, "2023-10-10"),
    ("130303", "环卫之家驿站", "环卫", "自建", "5:00-20:30", WARM, "2020-08-08"),
    ("130303", "游客休息驿站", "景区", "共建", "6:00-22:00", "座椅、饮水、公厕、母婴室", "2024-04-28"),
    ("130303", "快递小哥驿站", "快递", "共建", "8:00-20:00", "饮水、微波炉、电动车充电、打气筒", "2023-12-12"),
    ("130304", "海滨环卫驿站", "环卫", "自建", "5:30-21:00", WARM, "2021-06-01"),
    ("130304", "度假区公交驿站", "公交场站", "共建", "5:30-21:30", "饮水、座椅、厕所、空调", "2024-07-01"),
    ("130304", "银行便民驿站", "银行", "共建", "8:30-12:00，14:30-18:00", BASIC, "2025-05-20"),
    ("130306", "人社驿站", "社保大厅", "共建", "周一至周五 8:30-12:00，13:30-17:30", "座椅、饮水、法律咨询、打印", "2023-08-01"),
    ("130306", "供电服务驿站", "供电所", "共建", "8:00-18:00", "饮水、充电桩、座椅、维修工具", "2024-03-15"),
    ("130306", "环卫工友驿站", "环卫", "自建", "5:00-20:00", WARM, "2022-05-01"),
    ("130321", "山城银行驿站", "银行", "共建", "8:30-17:00", BASIC, "2024-10-01"),
    ("130321", "社区暖心驿站", "社区", "自建", "8:00-20:00", "座椅、饮水、取暖器、按摩椅", "2025-01-20"),
    ("130321", "货运司机驿站", "行业", "自建", "24小时", "饮水、热饭、淋浴、停车", "2023-11-30"),
    ("130322", "葡乡银行驿站", "银行", "共建", "同网点营业时间", BASIC, "2023-09-28"),
    ("130322", "客运站驿站", "汽车站", "共建", "5:30-19:00", "座椅、饮水、卫生间、充电", "2022-10-01"),
    ("130322", "环卫爱心驿站", "环卫", "自建", "5:00-20:30", WARM, "2024-05-15"),
    ("130324", "产业园驿站", "工间", "共建", "8:00-18:00", "饮水、微波炉、冰箱、座椅", "2025-08-01"),
    ("130324", "县城银行驿站", "银行", "共建", "8:30-12:00，14:30-18:00", BASIC, "2024-11-11"),
)  # fmt: skip


def main() -> None:
    """Place the rows in the main towns, clear of the demonstration stations, and write them for a spreadsheet."""
    random = Random(SEED)
    ground = Ground()
    for properties, point in geojson.read(paths.DATA / "demo" / "stations.geojson"):
        ground.take(properties["district"], point.x, point.y)
    path = paths.DATA / "demo" / "example-import.csv"
    # The byte-order mark makes spreadsheet programs read the file as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        for number, (adcode, ending, host, build, hours, facilities, opened) in enumerate(ROWS, start=1):
            towns = [cluster for cluster in CLUSTERS if cluster.adcode == adcode and cluster.kind == TOWN]
            street, length_m, lon, lat = stand(random, ground, random.choice(towns))
            district = DISTRICTS[adcode][0]
            position = (f"{degrees:.6f}" for degrees in gcj02.from_wgs84(lon, lat))
            address = f"{district}{street}{abs(length_m) // 5 + 1}号"
            phone = f"0335-5559{number:03}"
            row = (f"QGH-{number:03}", street + ending, district, address, *position)
            writer.writerow((*row, host, build, hours, facilities, phone, opened))


if __name__ == "__main__":
    main()
