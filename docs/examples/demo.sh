#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# demo.sh BUILD: judge the example crates, two good ones and a flawed one, and
# mend a copy of that.
set -eu
cd "$(dirname "$0")"
validate=../../$1/crate-validate
convert=../../$1/crate-convert

# say STATUS COMMAND...: show a command, run it, insist on its exit status.
say() {
  expected=$1
  shift
  echo "\$ crate-${1##*/crate-} $(shift; echo "$@")"
  status=0
  "$@" || status=$?
  echo "(exit status $status)"
  echo
  [ "$status" -eq "$expected" ] || exit 1
}

say 0 "$validate" soil-moisture digit-classifier
say 1 "$validate" flawed
mended=$(mktemp -d)
trap 'rm -r "$mended"' EXIT
cp -r flawed "$mended"
say 0 "$validate" --fix "$mended/flawed"
say 0 "$validate" --explain root-license -p ro-crate-1.2
say 0 "$convert" --to turtle --base https://example.org/soil/ \
  soil-moisture/ro-crate-metadata.json
