#!/bin/bash
# Times a new user's way: README's commands under "The first grant of your own", word for word, in a new clone of this
# repository, with the build. Packages that were downloaded before are not downloaded again.
set -eu
top=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
new=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$new"' EXIT
git clone -q "$top" "$new/clone"
cd "$new/clone"
start=$SECONDS
script=$(awk '/^## The first grant of your own/ { found = 1 } found && /^```$/ { exit } found && inside { print } found && /^```sh/ { inside = 1 }' README.md)
eval "$script"
cmp README.md readme.copy
echo "granted and read in $((SECONDS - start)) s, with the build, by $(wc -l <<< "$script") commands"
