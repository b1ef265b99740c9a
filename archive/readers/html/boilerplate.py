"""Leaves out what sites put between the paragraphs of an article, recognised by its words."""

import re
from collections.abc import Iterable

from archive.readers.html.blocks import TextBlock
from archive.readers.html.titles import folded
from archive.text.paragraphs import mend

MAX_CHARS = 300  # a longer paragraph is the article's, whatever it begins with
MIN_LETTERS = 2  # letters and digits of a paragraph
READ_ALSO = re.compile(
    r"(?:[–—•*-]\s*)?(?:(?:Читайте|Смотрите|Слушайте|Узнайте)\s+(?:также|ещё|еще|далее|по теме|нас|подробнее|в\s)"
    r"|(?:Материалы|Новости|Ещё|Еще) по теме|По теме:|Похожие (?:новости|материалы|темы)|Другие новости)",
    re.I,
)
CAPTION_OR_CALL = re.compile(
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
PAGE_NUMBERS = re.compile(  # «1-5 6-10 далее», «← Назад | 1 2 3 | Вперёд →»
    r"(?=.*(?:далее|вперед|вперёд|назад|следующая|предыдущая|[→←»›]|^страниц))(?=.*\d)"
    r"(?:(?:страниц[аы]|далее|вперед|вперёд|назад|следующая|предыдущая|первая|последняя|\d|[-–—.…|:,«»‹›←→<>\[\]])\s*)+$",
    re.I,
)
RUBRIC_HEADINGS = frozenset(  # alone above the text they are the site's headings
    "авто бизнес власть видео город главная деньги здоровье культура криминал мнения мнение наука новости область"
    " образование общество политика происшествия регион россия спорт статьи страна фото экономика".split()
)
BYLINE = re.compile(
    r"(?:Автор|Авторы|Текст|Подготовил[аи]?|Беседовал[аи]?)\s*:\s*(?P<author>(?:[А-ЯЁ]\.\s?){0,2}[^.]{3,80})$"
)


def article_paragraphs(found: Iterable[TextBlock], *said: str | None) -> tuple[str, ...]:
    """Chooses the paragraphs of the article: no title, author or rubric `said` again, no captions or calls."""
    known = {folded(text) for text in said if text}
    kept: list[str] = []
    links_follow = False
    for block in found:
        text = mend(block.text)
        if links_follow and block.linked:
            continue
        links_follow = len(text) <= MAX_CHARS and bool(READ_ALSO.match(text))
        if (block.linked and len(text.split()) == 1) or (not kept and text.lower() in RUBRIC_HEADINGS):
            continue
        if links_follow or is_boilerplate(text) or len(folded(text)) < MIN_LETTERS or folded(text) in known:
            continue
        if not kept or kept[-1] != text:
            kept.append(text)
    return tuple(kept)


def is_boilerplate(text: str) -> bool:
    """Tells whether a paragraph is a caption, a call to subscribe, a byline…: short and with their beginning."""
    return len(text) <= MAX_CHARS and any(words.match(text) for words in (CAPTION_OR_CALL, BYLINE, PAGE_NUMBERS))


def byline(found: Iterable[TextBlock]) -> str | None:
    """Finds the author named by a line of the article: «Автор: Анна Петрова»."""
    for block in found:
        if match := BYLINE.match(block.text):
            return match["author"].strip()
    return None
