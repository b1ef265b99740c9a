"""Blocks in, the article's paragraphs out: what sites put between them, told by its words, is left out."""

import re
from collections.abc import Iterable

from archive.readers.html.blocks import Block
from archive.readers.html.titles import folded
from archive.text.paragraphs import mend

LONGEST = 300  # a longer paragraph is the article's, whatever it begins with
FEWEST = 2  # letters and digits of a paragraph
READ_ALSO = re.compile(
    r"(?:[–—•*-]\s*)?(?:(?:Читайте|Смотрите|Слушайте|Узнайте)\s+(?:также|ещё|еще|далее|по теме|нас|подробнее|в\s)"
    r"|(?:Материалы|Новости|Ещё|Еще) по теме|По теме:|Похожие (?:новости|материалы|темы)|Другие новости)",
    re.I,
)
OTHER = re.compile(
    r"(?:Подписывайтесь|Подпишитесь|Подписаться|Подпишись|Оставайтесь в курсе|Присоединяйтесь|Следите за|Следи за"
    r"|Хотите (?:быть|узнавать)"
    r"|(?:Ещё|Еще|Больше) (?:больше )?(?:новостей|интересного))\b.*"
    r"(?:новост|канал|Telegram|Телеграм|рассылк|Дзен|ВКонтакте|соцсет|страниц|сообществ|на нас|групп)"
    r"|(?:Фото|Видео|Фотографии|Иллюстрация|Коллаж|Изображение|Фото и видео|Фото предоставлено|Источник фото)\s*[:©/]"
    r"|Фото\s*:?\s*(?:из |с |со |автора|архив|сайт|пресс|скриншот|носит)"
    r"|Подробнее\b.{0,80}(?:в материале|в статье|в сюжете|читайте)"
    r"|©|\(c\)\s|Поделиться\b|Версия для печати|Распечатать|(?:Нашли|Заметили|Увидели) (?:ошибку|опечатку)"
    r"|.{0,120}(?:Подпишись|Подписывайтесь|Подпишитесь)!?$|Добавление комментария$|Отправить$|Смотрите также\b"
    r"|Теги\s*:|Метки\s*:|Ключевые слова\s*:|Просмотров\s*:|\d+\s+просмотр\w*$|Реклама\.?$|На правах рекламы\.?$"
    r"|(?:Оставить комментарий|Комментировать|Комментари[ий]|Обсудить|Обсуждение)\b[^.]{0,40}$"
    r"|Редакция (?:вправе|не несет|не несёт)"
    r"|(?:Вернуться )?(?:назад|на главную)$|Загрузка\b.{0,10}$|(?:Источник|По материалам)\s*:",
    re.I,
)
PAGES = re.compile(  # «1-5 6-10 далее», «← Назад | 1 2 3 | Вперёд →»
    r"(?=.*(?:далее|вперед|вперёд|назад|следующая|предыдущая|[→←»›]|^страниц))(?=.*\d)"
    r"(?:(?:страниц[аы]|далее|вперед|вперёд|назад|следующая|предыдущая|первая|последняя|\d|[-–—.…|:,«»‹›←→<>\[\]])\s*)+$",
    re.I,
)
RUBRICS = frozenset(  # alone above the text they are the site's headings
    "авто бизнес власть видео город главная деньги здоровье культура криминал мнения мнение наука новости область"
    " образование общество политика происшествия регион россия спорт статьи страна фото экономика".split()
)
BYLINE = re.compile(
    r"(?:Автор|Авторы|Текст|Подготовил[аи]?|Беседовал[аи]?)\s*:\s*(?P<author>(?:[А-ЯЁ]\.\s?){0,2}[^.]{3,80})$"
)


def article_paragraphs(found: Iterable[Block], *said: str | None) -> tuple[str, ...]:
    """The paragraphs of the article: no title, author, rubric `said` again, no «Читайте также», no captions."""
    known = {folded(text) for text in said if text}
    kept: list[str] = []
    links_follow = False
    for block in found:
        text = mend(block.text)
        if links_follow and block.linked:
            continue
        links_follow = len(text) <= LONGEST and bool(READ_ALSO.match(text))
        if (block.linked and len(text.split()) == 1) or (not kept and text.lower() in RUBRICS):
            continue
        if links_follow or is_furniture_line(text) or len(folded(text)) < FEWEST or folded(text) in known:
            continue
        if not kept or kept[-1] != text:
            kept.append(text)
    return tuple(kept)


def is_furniture_line(text: str) -> bool:
    """Whether a paragraph is a caption, a call to subscribe, a byline…: short and begun as they are."""
    return len(text) <= LONGEST and bool(OTHER.match(text) or BYLINE.match(text) or PAGES.match(text))


def byline(found: Iterable[Block]) -> str | None:
    """The author whom a line of the article names: «Автор: Анна Петрова»."""
    for block in found:
        if match := BYLINE.match(block.text):
            return match["author"].strip()
    return None
