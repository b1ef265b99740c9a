"""Date lines, stamps and addresses as papers print them, and what must never be taken for a date."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.dates import MONTHS, date_in_url, read_date, read_stamp

BASE = dt.date(2021, 3, 1)
MOSCOW = ZoneInfo("Europe/Moscow")


def shown(moment: tuple[dt.date, dt.time | None] | None) -> str:
    if moment is None:
        return "—"
    day, time = moment
    return f"{day} {time:%H:%M}" if time else str(day)


LINES = """
12 марта 1998 г. = 1998-03-12
12 марта 1998 года = 1998-03-12
12 марта 1998 = 1998-03-12
12 МАРТА 1998 = 1998-03-12
12 Марта 1998 Года = 1998-03-12
12-го марта 1998 = 1998-03-12
12 марта 1998г. = 1998-03-12
12\xa0марта\xa01998\xa0г. = 1998-03-12
12 мар 2019 = 2019-03-12
12 сент. 2019 = 2019-09-12
1 мая 2019 = 2019-05-01
марта 12, 1998 = 1998-03-12
12 марта 98 г. = 1998-03-12
12.03.1998 = 1998-03-12
1.3.1998 = 1998-03-01
12.03.98 = 1998-03-12
12.03.19 = 2019-03-12
12/03/1998 = 1998-03-12
12-03-1998 = 1998-03-12
12.III.1998 = 1998-03-12
1998-03-12 = 1998-03-12
1998.03.12 = 1998-03-12
12 марта 1998, 14:05 = 1998-03-12 14:05
12 марта 1998 в 9.05 = 1998-03-12 09:05
14:05 12 марта 1998 = 1998-03-12 14:05
14:05, 12.03.1998 = 1998-03-12 14:05
10.02.2020 | 08:15 = 2020-02-10 08:15
10.02.2020 08:15:33 = 2020-02-10 08:15
16 мая 2021 в 05:42 (МСК) = 2021-05-16 05:42
четверг, 12 марта 2020 г. = 2020-03-12
Чт., 12 марта 2020 года, 14:05 мск = 2020-03-12 14:05
№ 45 от 12 марта 1998 г. = 1998-03-12
№ 45 (1203), 12 марта 1998 года = 1998-03-12
Волгоград, 12 марта 1998 г. = 1998-03-12
«Вечерний Царицын», № 45, 12 марта 1998 г. = 1998-03-12
Опубликовано: 12.03.2020 14:05 = 2020-03-12 14:05
Дата публикации: 12 марта 2020 = 2020-03-12
Опубликовано: 12.03.2020 14:05 Обновлено: 13.03.2020 15:00 = 2020-03-12 14:05
Обновлено 13 марта 2020, 15:00. Опубликовано 12 марта 2020, 14:05 = 2020-03-12 14:05
Иван Петров 12 марта 2020 = 2020-03-12
12 марта = —
12-го марта, 14:05 = —
Вчера, 14:05 = —
сегодня = —
31 ноября 2020 = —
30.02.2020 = —
29 февраля 2019 = —
03/25/1998 = —
12 марта 1698 = —
12 марта 2999 года = —
9 июня 2022 года состоялся Совет по экономике = —
12 марта 1998 года завод пустил стан = —
Он родился 12 марта 1998 года = —
с 12 марта 2020 по 15 марта 2020 = —
23-25 ноября 2022 = —
21 ноября 2022 — 23 февраля 2023 = —
Май 2020 = —
5 марок 2000 = —
12 маршей 2000 = —
12.03 = —
192.168.1.1 = —
+7 (844) 226-50-34 = —
8-800-2000-600 = —
1998 = —
Обновлено 13 марта 2020 = —
""".strip().splitlines()

LINES_OF_A_DAY = """
12 марта = 2021-03-12
12 марта, 14:05 = 2021-03-12 14:05
Вчера, 14:05 = 2021-02-28 14:05
ВЧЕРА В 14:05 = 2021-02-28 14:05
позавчера = 2021-02-27
сегодня в 10:30 = 2021-03-01 10:30
Сегодня, 2 марта = 2021-03-02
21 ноября — 23 февраля = —
12.03.21 = 2021-03-12
12.03.22 = 1922-03-12
5 минут назад = —
Вчера завод пустил стан = —
""".strip().splitlines()


@pytest.mark.parametrize("line", LINES)
def test_date_lines(line: str) -> None:
    text, expected = line.rsplit(" = ", 1)
    assert shown(read_date(text)) == expected


@pytest.mark.parametrize("line", LINES_OF_A_DAY)
def test_date_lines_with_a_base(line: str) -> None:
    text, expected = line.rsplit(" = ", 1)
    assert shown(read_date(text, BASE)) == expected


STAMPS = """
2021-05-16T05:42:00+03:00 = 2021-05-16 05:42
2021-05-16T05:42:00+0300 = 2021-05-16 05:42
2021-05-15T23:42:00Z = 2021-05-16 02:42
2021-05-15T23:42:00.123456Z = 2021-05-16 02:42
2021-05-15 23:42:00 +0000 = 2021-05-16 02:42
2021-05-15T23:42 = 2021-05-15 23:42
2021-05-15 23:42:59 = 2021-05-15 23:42
20210515T234200+0300 = 2021-05-15 23:42
2021-05-15 = 2021-05-15
Thu, 12 Mar 2020 14:05:00 GMT = 2020-03-12 17:05
12 Mar 2020 14:05 +0300 = 2020-03-12 14:05
12.03.2020 14:05 = 2020-03-12 14:05
12 марта 2020, 14:05 = 2020-03-12 14:05
1970-01-01T00:00:00Z = —
0001-01-01T00:00:00Z = —
9999-12-31T23:59:59-10:00 = —
2020-02-30T10:00:00 = —
1589587320 = —
вчера = —
""".strip().splitlines()


@pytest.mark.parametrize("line", STAMPS)
def test_stamps(line: str) -> None:
    stamp, expected = line.rsplit(" = ", 1)
    assert shown(read_stamp(stamp, MOSCOW)) == expected


def test_a_stamp_is_turned_to_the_zone_of_its_day() -> None:
    assert shown(read_stamp("2010-07-01T00:00:00Z", MOSCOW)) == "2010-07-01 04:00"
    assert shown(read_stamp("2020-01-01T02:00:00+03:00", ZoneInfo("Europe/Kaliningrad"))) == "2020-01-01 01:00"


ADDRESSES = """
https://example.ru/2022/01/31/70356794/ = 2022-01-31
https://example.ru/news/2022-01-31-zavod.html = 2022-01-31
https://example.ru/20220131/zavod.html = 2022-01-31
https://example.ru/news/1589.html?date=31.01.2022 = 2022-01-31
https://example.ru/news_date_2019_11_01_12_16_36 = 2019-11-01
https://example.ru/2020/1/5/x = 2020-01-05
https://example.ru/2022/0131/ = 2022-01-31
https://example.ru/2019/11/ = —
https://example.ru/70356794/ = —
https://example.ru/20191145/ = —
https://example.ru/19451231/ = —
https://example.ru/12345620220131/ = —
""".strip().splitlines()


@pytest.mark.parametrize("line", ADDRESSES)
def test_addresses(line: str) -> None:
    url, expected = line.rsplit(" = ", 1)
    assert str(date_in_url(url) or "—") == expected


@given(st.dates(dt.date(1700, 1, 1), dt.date(2025, 12, 31)), st.sampled_from(["{d} {m} {y} г.", "{d} {m} {y}, 09:30"]))
def test_every_day_is_read_as_printed(day: dt.date, form: str) -> None:
    line = form.format(d=day.day, m=MONTHS[day.month - 1].split("|")[-1], y=day.year)
    assert (read_date(line) or [None])[0] == day
    assert (read_stamp(day.isoformat(), MOSCOW) or [None])[0] == day


@given(st.text(st.sampled_from("0123456789 .:/-,TZ+мартяг№«»Iv"), max_size=40))
def test_anything_is_a_date_or_none(text: str) -> None:
    for moment in (read_date(text), read_date(text, BASE), read_stamp(text, MOSCOW)):
        assert moment is None or 1700 <= moment[0].year <= dt.date.today().year + 1
    date_in_url(text)
