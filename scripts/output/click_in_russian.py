"""Makes click say in Russian what it says by itself: usage, help, errors."""

from types import ModuleType
from typing import Any

import click
from click import core, decorators, exceptions, formatting, parser, types

SENTENCES = {
    "Aborted!": "Прервано.",
    "deprecated": "устарело",
    "required": "обязательно",
    "Missing command.": "Не названа команда.",
    "Options": "Ключи",
    "Positional arguments": "Что указать",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": (
        "Команда {name} устарела.{extra_message}"
    ),
    "Got unexpected extra argument ({args})": "Лишнее в команде: {args}",
    "Got unexpected extra arguments ({args})": "Лишнее в команде: {args}",
    "Commands": "Команды",
    "Value must be an iterable.": "Нужен список значений.",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": "{name} устарело.{extra_message}",
    "env var: {var}": "переменная {var}",
    "default: {default}": "обычно {default}",
    "(dynamic)": "(по обстоятельствам)",
    "Takes {nargs} values but 1 was given.": "Нужно значений: {nargs}, дано одно.",
    "Takes {nargs} values but {len} were given.": "Нужно значений: {nargs}, дано {len}.",
    "Do you want to continue?": "Продолжить?",
    "Confirm the action without prompting.": "Не переспрашивать.",
    "%(prog)s, version %(version)s": "%(prog)s, версия %(version)s",
    "Show the version and exit.": "Показать версию.",
    "Show this message and exit.": "Показать эту справку.",
    "Did you mean {possibility}?": "Может быть, {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Может быть, одно из: {possibilities}?)",
    "Missing argument": "Не указано",
    "Missing option": "Не указан ключ",
    "Missing parameter": "Не указано",
    "Missing parameter: {param_name}": "Не указано: {param_name}",
    "Missing {param_type}": "Не указано: {param_type}",
    "unknown error": "неизвестная ошибка",
    "Invalid value for {param_hint}: {message}": "Неверное значение {param_hint}: {message}",
    "Invalid value: {message}": "Неверное значение: {message}",
    "Could not open file {filename!r}: {message}": "Файл {filename} не открыть: {message}",
    "Error: {message}": "Ошибка: {message}",
    "Try '{command} {option}' for help.": "Справка: {command} {option}",
    "No such option {name!r}.": "Нет ключа {name}.",
    "No such command {name!r}.": "Нет команды {name}.",
    "Usage:": "Как вызвать:",
    "Invalid start character for option ({option})": "Ключ не может так начинаться: {option}",
    "Option {name!r} does not take a value.": "Ключ {name} не принимает значения.",
    "Option {name!r} requires an argument.": "После ключа {name} нужно значение.",
    "Option {name!r} requires {nargs} arguments.": "После ключа {name} нужно значений: {nargs}.",
    "Argument {name!r} takes {nargs} values.": "{name}: нужно значений: {nargs}.",
    "file": "файл",
    "directory": "папка",
    "path": "путь",
    "Choose from:\n\t{choices}": "Одно из:\n\t{choices}",
    "{value!r} is not {choice}.": "«{value}» – не {choice}.",
    "{value!r} is not one of {choices}.": "«{value}» – не одно из: {choices}.",
    "{value!r} does not match the format {format}.": "«{value}» записано не так: {format}.",
    "{value!r} does not match the formats {formats}.": "«{value}» записано не так; подходит одно из: {formats}.",
    "{value} is not in the range {range}.": "{value} вне границ {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": "«{value}» – не да и не нет; можно: {states}",
    "{len_type} values are required, but {len_value} was given.": "Нужно значений: {len_type}, дано {len_value}.",
    "{len_type} values are required, but {len_value} were given.": "Нужно значений: {len_type}, дано {len_value}.",
    "{value!r} is not a valid {number_type}.": "«{value}» – не число.",
    "{value!r} is not a valid UUID.": "«{value}» – не UUID.",
    "{name} {filename!r} is a file.": "{name} {filename} – файл, а не папка.",
    "{name} {filename!r} is a directory.": "{name} {filename} – папка, а не файл.",
    "{name} {filename!r} is not readable.": "{name} {filename}: нет права чтения.",
    "{name} {filename!r} is not writable.": "{name} {filename}: нет права записи.",
    "{name} {filename!r} is not executable.": "{name} {filename}: нет права запуска.",
    "{name} {filename!r} does not exist.": "{name} {filename}: такого нет.",
}
OPTIONS = "[КЛЮЧИ]"
CLICK_MODULES: tuple[ModuleType, ...] = (core, decorators, exceptions, formatting, parser, types)


class RussianCommand(click.Command):
    """A command whose usage is Russian."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **{"options_metavar": OPTIONS, **named})


class RussianGroup(click.Group):
    """A group of commands whose usage is Russian."""

    command_class = RussianCommand

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **{"options_metavar": OPTIONS, "subcommand_metavar": "КОМАНДА …", **named})


def translated(sentence: str) -> str:
    """The sentence in Russian, as it was where there is none."""
    return SENTENCES.get(sentence, sentence)


def counted(one: str, many: str, number: int) -> str:
    """The sentence for a number of things, in Russian."""
    return translated(one if number == 1 else many)


def speak_russian() -> None:
    """From now on click says everything in Russian."""
    for module in CLICK_MODULES:
        for name, spoken in (("_", translated), ("ngettext", counted)):
            if hasattr(module, name):
                setattr(module, name, spoken)
