# Sourced by run, test and podshivka: makes .venv what a file of requirements says, once.
# Gives: root (the project), python (of .venv), setup FILE.

root=$(dirname "$(dirname "$(readlink -f "$0")")")
python="$root/.venv/bin/python"

fail() {
    echo "Ошибка: $*" >&2
    exit 3
}

# The stamp holds what was installed; it is written last, so that an interrupted setup is done again.
setup() {
    local requirements="$root/$1" stamp="$root/.venv/.installed-${1%.txt}" wanted
    wanted=$(cat "$root/requirements.txt" "$requirements" | cksum)
    [ -x "$python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
    {
        command -v flock >/dev/null && flock 9
        [ -x "$python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
        make_venv
        echo "Ставим нужные библиотеки ($1): первый раз это минута-другая…" >&2
        "$python" -m pip install --quiet --disable-pip-version-check -r "$requirements" >&2 ||
            fail "библиотеки не поставились; проверьте связь с сетью и повторите команду."
        echo "$wanted" >"$stamp"
    } 9>"$root/.setup-lock"
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
