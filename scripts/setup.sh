# Sourced by run, test and podshivka: makes .venv what a file of requirements says, once.
# Gives: root (the project), python (of .venv), setup FILE.

root=$(dirname "$(dirname "$(readlink -f "$0")")")
python="$root/.venv/bin/python"

fail() {
    echo "Ошибка: $*" >&2
    exit 3
}

# Installs what the files name, unless it is there; a file holds all that those before it hold.
# The stamps are written last, so that an interrupted setup is done again.
setup() {
    installed "$@" && return
    [ -w "$root" ] || fail "библиотеки не поставлены, а писать в $root нельзя; дайте команду от имени владельца этой папки."
    {
        command -v flock >/dev/null && flock 9
        installed "$@" && return
        make_venv
        echo "Ставим нужные библиотеки (${!#}): первый раз это минута-другая…" >&2
        "$python" -m pip install -qq --disable-pip-version-check -r "$root/${!#}" >&2 ||
            fail "библиотеки не поставились; проверьте связь с сетью и повторите команду."
        for file in "$@"; do cksum <"$root/$file" >"$root/.venv/.installed-$file"; done
    } 9>"$root/.setup-lock"
}

installed() {
    [ -x "$python" ] || return 1
    for file in "$@"; do
        [ "$(cat "$root/.venv/.installed-$file" 2>/dev/null)" = "$(cksum <"$root/$file")" ] || return 1
    done
}

make_venv() {
    "$python" -m pip --version >/dev/null 2>&1 && return
    command -v python3 >/dev/null || fail "не найден python3. Поставьте: apt install python3 python3-venv"
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "нужен Python 3.11 или новее, а здесь $(python3 --version 2>&1)."
    python3 -c 'import venv, ensurepip' 2>/dev/null || fail "нет модуля venv. Поставьте: apt install python3-venv"
    rm -rf "$root/.venv"
    python3 -m venv "$root/.venv" >&2 || fail "окружение .venv не создать."
}
