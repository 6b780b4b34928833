# For all benchmarks that start Katra; sourced by them. Needs root, say, fail and katra.

# What the JVM keeps between starts is made in the background.
await_cache() {
    local tries=0 cache=$root/katra-shell/target/katra/cache
    [ "${KATRA_CACHE:-}" != off ] || return 0
    [ ! -d "$root/lib" ] || cache=$root/cache
    KATRA_JVM=1 katra version >/dev/null || fail "katra does not run"
    sleep 1
    while [ -n "$(find "$cache" -name 'work-*' 2>/dev/null)" ] && [ "$tries" -lt 300 ]; do
        [ "$tries" -gt 0 ] || say "waiting for the JVM's cache"
        tries=$((tries + 1))
        sleep 1
    done
}
