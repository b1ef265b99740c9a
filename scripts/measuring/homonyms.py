"""Sentences with a word that may mean what it seldom means; whether such a reading is indexed where it is meant.

«[стали=сталь]»: the word is a form of «сталь» there and is to be found by it; «[стали≠сталь]»: it is not. Of all these
words the reading named has less than `lemmas.LIKELY`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.annotate import annotate
from indexer.annotation import Annotation
from indexer.document import extra_lemmas
from indexer.lemmas import lemmas
from indexer.tokens import forms

MARKED = re.compile(r"\[(\w+)([=≠])(\w+)\]")
READ_WITH_THE_RULE = """
Трубы сварили из нержавеющей [стали=сталь] отечественного производства.
Гандболисты Волгограда [стали≠сталь] первыми в области.
Выпуск [стали=сталь] на «Красном Октябре» вырос на пять процентов.
После ремонта цеха рабочие [стали≠сталь] получать больше.
На столе стояла открытая [банка=банка] сгущённого молока.
Председатель правления [банка≠банка] подал в отставку.
На рейде у Волгограда встали пассажирские [суда=судно].
Решение областного [суда≠судно] вступило в законную силу.
Рыболовные [суда=судно] вернулись в порт с уловом.
Прокурор обжаловал приговор районного [суда≠судно].
Вышел первый [том=том] собрания сочинений Шолохова.
Об этом говорилось в [том≠том] же постановлении.
Речь идёт о [том≠том], что дорогу закроют до весны.
К местному [вину=вино] на ярмарке подавали сыр.
Подсудимый признал свою [вину≠вино] полностью.
Над городом третий день висел густой [смог=смог].
Водитель не [смог≠смог] справиться с управлением.
За ночь в подвал [стекло=стечь] много воды.
Хулиганы разбили [стекло≠стечь] в витрине магазина.
В афише месяца десять театральных [премьер=премьера].
Об этом заявил британский [премьер≠премьера].
Мост стал [уже=узкий] прежнего на два метра.
Дом [уже≠узкий] сдали в эксплуатацию.
Рубаха сталевара насквозь пропиталась [потом=пот].
Сначала открыли школу, [потом≠пот] детский сад.
Лекарства в аптеках снова [дороги=дорогой].
Сельские [дороги≠дорогой] отремонтируют до осени.
На ремонт ушло [три≠тереть] недели.
"""
READ_AFTER_IT = """
В доме всю ночь горел [свет≠света], а школьница [Света=света] готовилась к экзамену.
Геологи нашли несколько золотых [жил=жила].
Поэт [жил≠жила] в Камышине до войны.
После тренировки футболисты долго стояли под струями холодного [душа=душ].
За этой работой видна [душа≠душ] мастера.
У больного покраснели [века=веко] обоих глаз.
Здание построили в начале прошлого [века≠веко].
Императрица [правила=править] страной тридцать четыре года.
Водителям напомнили [правила≠править] перевозки детей.
По субботам я [мою=мыть] машину во дворе.
Сосед забрал [мою≠мыть] газету.
Из-под капота шли горячие [пары=пар] бензина.
На площадке танцевали молодые [пары≠пар].
Дворники вышли [мести=мести] тротуары ещё затемно.
Следствие считает мотивом поджога чувство [мести≠мести].
Для дороги закупили десять тонн технической [соли≠солить].
Лагерь стоит на высоком [берегу≠беречь] Дона.
Я [берегу=беречь] газеты за все годы войны.
Режиссёр передал обращение известному [политику=политик].
Эксперты одобрили новую налоговую [политику≠политик].
Бригаду спасли опытные [техники=техник] и электромонтёры.
На парад вышло двадцать единиц военной [техники≠техник].
Липецкие [энергетики=энергетик] восстановили линию за сутки.
Министр [энергетики≠энергетик] приехал на подстанцию.
Олень скрылся в густой [чаще=чаща].
Дожди в августе идут [чаще≠чаща], чем в июле.
Журналистка оказалась [права=правый]: мост закрыли.
Заводчане отстояли свои [права≠правый] в суде.
Известный театральный [критик≠критика] приехал на премьеру.
Слова депутата вызвали немало резких [критик=критика].
Медаль получила пенсионерка [Марта=марта] Кох.
Заседание прошло восьмого [марта≠марта].
"""


class Marked(NamedTuple):
    """A sentence without marks, where the word in question begins, the lemma in question, whether it is meant."""

    sentence: str
    start: int
    lemma: str
    is_meant: bool


def table(text: str) -> Iterator[Marked]:
    """The marked words of a block of sentences."""
    for line in text.strip().splitlines():
        shift = 0
        sentence = MARKED.sub(r"\1", line)
        for match in MARKED.finditer(line):
            yield Marked(sentence, match.start() - shift, match[3], match[2] == "=")
            shift += len(match[0]) - len(match[1])


def wrong(marked: Iterable[Marked]) -> list[Marked]:
    """Those that are not indexed as marked."""
    rows = list(marked)
    pairs = zip(rows, annotate([row.sentence for row in rows]), strict=True)
    return [row for row, annotation in pairs if row.is_meant != is_indexed(row, annotation)]


def share(text: str) -> float:
    """The share of the marked words of a block that are indexed as marked."""
    rows = list(table(text))
    return 1 - len(wrong(rows)) / len(rows)


def is_indexed(row: Marked, annotation: Annotation) -> bool:
    """Whether the word is found by the lemma in question."""
    found, starts = forms(row.sentence)
    place = starts.index(row.start)
    return row.lemma in (*lemmas(found[place]), *extra_lemmas(found, starts, annotation).get(place, ()))
