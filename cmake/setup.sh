# Sourced by quickstart and run-tests: what a bare Debian 12 needs before the build, and the build.
# Everything is idempotent; nothing is installed by any other way than packages.txt.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

install_packages() {
  local wanted missing=() package
  wanted=$(sed 's/#.*//' packages.txt)
  for package in $wanted; do
    # Any Node and npm will do: others' packages of Node bring npm along and clash with Debian's.
    case $package in
      nodejs) type -P node >/dev/null && continue ;;
      npm) type -P npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  echo "${sudo[*]:+sudo }apt-get install --yes --no-install-recommends ${missing[*]}"
  "${sudo[@]}" apt-get update --quiet --quiet
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --quiet \
    --no-install-recommends "${missing[@]}" >/dev/null
}

# configure PRESET
configure() {
  cmake --preset "$1" >"build-$1.log" 2>&1 || { cat "build-$1.log" >&2; exit 1; }
  rm -f "build-$1.log"
}

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  echo "building build/$preset (the first time takes a few minutes)"
  ninja -C "build/$preset" --quiet "$@"
}
