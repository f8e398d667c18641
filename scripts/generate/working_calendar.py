#!/usr/bin/env python3
"""Makes data/calendar/days.csv and data/calendar/statutory.csv from PyPI packages.

days.csv: days off and make-up workdays from `chinesecalendar` (MIT). statutory.csv: the principal day of
each statutory holiday, lunar ones from `lunardate` (festivals) and `cnlunar` (the solar term Qingming).
The packages are installed at pinned versions into a virtual environment of their own under target/.

Usage: python3 scripts/generate/working_calendar.py [--check]
With --check nothing is written, and the exit status says whether the files are up to date.
"""

import datetime
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "target" / "generate-calendar"
PACKAGES = ["chinesecalendar==1.11.0", "lunardate==0.2.2", "cnlunar==0.2.4"]
STATUTORY_YEARS = range(2023, 2051)
FIRST_YEAR_OF_DAYS = 2023
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


def enter_environment():
    """Runs this script again inside its own virtual environment, which is made if it is absent."""
    python = ENVIRONMENT / "bin" / "python"
    if pathlib.Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    # -P: this file must not stand in for the standard library's module of the same name.
    os.execv(str(python), [str(python), "-P", *sys.argv])


def exceptions():
    """The lines of days.csv after its header."""
    from chinese_calendar.constants import holidays, workdays

    days = {date: ("off", name) for date, name in holidays.items()}
    days |= {date: ("work", name) for date, name in workdays.items()}
    return [
        f"{date},{kind},{NAMES[name]}"
        for date, (kind, name) in sorted(days.items())
        if date.year >= FIRST_YEAR_OF_DAYS
    ]


def solar_term(year, name):
    """The day of a solar term that falls into April."""
    import cnlunar

    for day in range(1, 31):
        if cnlunar.Lunar(datetime.datetime(year, 4, day)).todaySolarTerms == name:
            return datetime.date(year, 4, day)
    raise ValueError(f"no {name} in April {year}")


def statutory():
    """The lines of statutory.csv after its header."""
    from lunardate import LunarDate

    lines = []
    for year in STATUTORY_YEARS:
        dates = {
            "元旦": datetime.date(year, 1, 1),
            "春节": LunarDate(year, 1, 1).toSolarDate(),
            "清明节": solar_term(year, "清明"),
            "劳动节": datetime.date(year, 5, 1),
            "端午节": LunarDate(year, 5, 5).toSolarDate(),
            "中秋节": LunarDate(year, 8, 15).toSolarDate(),
            "国庆节": datetime.date(year, 10, 1),
        }
        lines += [f"{year},{name},{date}" for name, date in sorted(dates.items(), key=lambda pair: pair[1])]
    return lines


def main():
    enter_environment()
    files = {
        "days.csv": ["date,kind,name", *exceptions()],
        "statutory.csv": ["year,holiday,date", *statutory()],
    }
    stale = []
    for name, lines in files.items():
        path = ROOT / "data" / "calendar" / name
        text = "\n".join(lines) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    print("changed:" if stale else "up to date", *stale)
    sys.exit(1 if stale and "--check" in sys.argv else 0)


main()
