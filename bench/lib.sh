# What the benchmarks share, for bash 3.2 and newer; sourced by them. A benchmark sets the name in bench_name, calls
# setup once, starts what it needs, and leaves everything else to cleanup.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(dirname "$here")
. "$here/cache.sh"
katra_home='' katra_port=0 katra_env='' keep=no tmp='' pids='' session_pids=''
quiet='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto' # little work beside what is measured

fail() {
    printf 'bench: %s\n' "$1" >&2
    exit 2
}

say() {
    printf 'bench: %s\n' "$1" >&2
}

# Whether a list with commas has a word.
listed() {
    case ,$1, in *,"$2",*) return 0 ;; esac
    return 1
}

# A temporary folder, a JDK, the benchmark's classes of these folders, and the end of it all.
setup() {
    java=${KATRA_JAVA_HOME:-${JAVA_HOME:-}}
    java=${java:+$java/bin/java}
    java=${java:-$(command -v java)} || fail "this needs a JDK of version 17 or newer"
    javac=$(dirname "$java")/javac
    [ -x "$javac" ] || fail "this needs a JDK with javac, and there is none beside $java"
    tmp=$(mktemp -d "${TMPDIR:-/tmp}/kb.XXXXXX") || exit 2
    chmod 700 "$tmp"
    trap cleanup EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    say "compiling"
    mkdir "$tmp/classes"
    local sources='' folder
    for folder in "$@"; do sources="$sources $folder/*.java"; done
    (cd "$here/src" && "$javac" -Xlint:all -Werror -d "$tmp/classes" $sources) || fail "the benchmark does not compile"
}

# Compiles what fills homes, and these files beside it, against this clone's program, into $tmp/built. Sets lib.
compile_against_katra() {
    lib=$root/katra-shell/target/katra/lib
    [ -d "$root/lib" ] && lib=$root/lib
    [ -d "$lib" ] || fail "the program is not built; ./katra version builds it"
    mkdir "$tmp/built"
    (cd "$here/src" && "$javac" --release 17 -Xlint:all,-processing,-classfile,-path -Werror -d "$tmp/built" -cp "$lib/*" \
        built/*.java shared/Corpus.java shared/Text.java $*) || fail "what needs Katra's classes does not compile"
}

# Ends a process that this script started, and waits until it is gone.
end() {
    [ -n "$1" ] || return 0
    kill "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}

# The processes that have a home in our temporary folder in their command line: servers, and the shells that started them.
of_homes() {
    ps -axww -o pid=,command= | while read -r pid command; do
        case $command in *"-Djava.io.tmpdir=$tmp/"*) echo "$pid" ;; esac
    done
}

cleanup() {
    code=$?
    trap - EXIT
    trap '' INT TERM
    for pid in $pids $session_pids; do end "$pid"; done
    [ "$code" -le 1 ] || grep -hE ' (WARN|ERROR) ' "$tmp"/*/logs/server.log 2>/dev/null | tail -n 10 >&2
    [ -z "$katra_home" ] || katra server stop >/dev/null 2>&1
    for pid in $(of_homes); do kill -9 "$pid" 2>/dev/null; done # those that were still starting
    if [ "$keep" = yes ]; then say "kept $tmp"; else rm -rf "$tmp"; fi
    exit "$code"
}

# Waits for a file that a process writes; fails if the process ends first, or after a minute.
await() {
    local file=$1 pid=$2 what=$3 log=$4 tries=0
    until [ -s "$file" ]; do
        tries=$((tries + 1))
        if ! kill -0 "$pid" 2>/dev/null || [ "$tries" -gt 600 ]; then
            cat "$log" >&2
            fail "$what did not start"
        fi
        sleep 0.1
    done
}

# No answer yet is the only thing that is waited for: any HTTP status is one.
await_port() {
    local tries=0
    until curl -s -o /dev/null --noproxy '*' "http://127.0.0.1:$1/"; do
        tries=$((tries + 1))
        if ! kill -0 "$2" 2>/dev/null || [ "$tries" -gt 300 ]; then
            cat "$4" >&2
            fail "$3 did not start"
        fi
        sleep 0.1
    done
}

free_port() {
    "$java" $quiet -cp "$tmp/classes" FreePort
}

jdk() {
    "$1" -version 2>&1 | sed -n 2p
}

machine() {
    local model
    model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
    model=${model:-$(sysctl -n machdep.cpu.brand_string 2>/dev/null)}
    printf '%s, %s processors (%s), load %s' "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)" "${model:-unknown}" \
        "$(uptime | sed 's/.*load average[s]*: //')"
}

commit() {
    local name
    name=$(cd "$root" && git rev-parse --short HEAD 2>/dev/null || echo unknown)
    [ -z "$(cd "$root" && git status --porcelain 2>/dev/null)" ] || name="$name with changes"
    echo "$name"
}

# This clone's program over our home, with what katra_env has beside it (NAME=value words).
katra() {
    (as_katra "$@")
}

as_katra() {
    exec env KATRA_HOME="$katra_home" KATRA_PORT="$katra_port" KATRA_TMUX_SOCKET=katra-bench-none \
        $katra_env KATRA_CLAUDE="${claude:-}" "$root/katra" "$@"
}

# A server in a home of its own. Its Java is the one that ./katra chooses, and is asked for all else.
start_server() {
    await_cache
    say "starting katra"
    katra server start >"$tmp/server.log" || fail "katra's server does not start"
    server_pid=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$katra_home/server.json")
    server_java=$(ps -ww -o command= -p "$server_pid" | sed 's/ .*//')
    jcmd=$(dirname "$server_java")/jcmd
    [ -x "$jcmd" ] || jcmd=$(dirname "$java")/jcmd
    server_fact="katra=$(jdk "$server_java"), $(ps -ww -o command= -p "$server_pid" | tr ' ' '\n' | grep '^-X' | tr '\n' ' ')"
}

# A session whose "claude" hands over the session's token and stays. The token is then in $tmp/token-<provider>-<persona>.
session() {
    local persona=$1 provider=$2
    local token=$tmp/token-$provider-$persona
    claude=$tmp/claude-$provider-$persona
    cat >"$claude" <<END
#!/bin/sh
case "\$1" in --version) echo "2.1.332 (Claude Code)"; exit 0 ;; esac
umask 077
printf '%s\n' "\$KATRA_SESSION_TOKEN" >"$token.new" && mv "$token.new" "$token"
exec sleep 86400
END
    chmod 755 "$claude"
    as_katra start --persona "$persona" --provider "$provider" -- -p wait </dev/null >"$tmp/$persona.log" 2>&1 &
    session_pids="$session_pids $!"
    await "$token" $! "the session of $persona" "$tmp/$persona.log"
}
