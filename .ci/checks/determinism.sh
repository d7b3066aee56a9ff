#!/usr/bin/env bash
# The same scenario gives the same bytes in every result file (provenance.json, which tells when and
# where, is excepted): at one and two jobs, in two processes, with the processor's fused
# multiply-add masked from the C library, and in a debug build.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
[ -x .build/debug/weir ] || swift build 2>&1 | tail -1
masked=glibc.cpu.hwcaps=-FMA,-AVX2_Usable,-FMA_Usable,-AVX2

# digests BUILD SCENARIO OPTIONS...: runs the scenario and prints the digest of every result file.
digests() {
  local build=$1 scenario=$2
  shift 2
  rm -rf "$folder/run"
  ".build/$build/weir" run "$scenario" -q -o "$folder/run" "$@" 2> "$folder/errors.txt" || return
  (cd "$folder/run" && find . -type f ! -name provenance.json | LC_ALL=C sort | xargs sha256sum)
}

# same WAY: the digests of this way of running are those of the first one.
same() {
  diff "$folder/first.txt" "$folder/other.txt" || { echo "$name: other bytes $1"; exit 1; }
  comparisons=$((comparisons + $(wc -l < "$folder/first.txt")))
}

# first SCENARIO STATUS: the first run of a scenario ended so; false if its trace is not here.
first() {
  if [ "$2" -eq 66 ]; then
    echo "SKIP: $name: $(grep -m 1 . "$folder/errors.txt")"
    return 1
  elif [ "$2" -ne 0 ]; then
    cat "$folder/errors.txt"
    exit 1
  fi
}

comparisons=0 scenarios=0
for scenario in Scenarios/*.json; do
  name=$(basename "$scenario" .json)
  if [ "$name" = weir.schema ]; then continue; fi
  options=(--replications 2 --accounts)
  # The events of the larger ones are hundreds of megabytes.
  if [ "$name" = quickstart ]; then options+=(--intents --events); fi
  status=0
  digests release "$scenario" "${options[@]}" -j 1 > "$folder/first.txt" || status=$?
  first "$scenario" "$status" || continue
  digests release "$scenario" "${options[@]}" -j 1 > "$folder/other.txt"
  same "in a second process"
  digests release "$scenario" "${options[@]}" -j 2 > "$folder/other.txt"
  same "with two jobs"
  GLIBC_TUNABLES=$masked digests release "$scenario" "${options[@]}" -j 2 > "$folder/other.txt"
  same "without fused multiply-add"
  scenarios=$((scenarios + 1))
  echo "$name: $(wc -l < "$folder/first.txt") files, the same in four ways"
done

for run in "quickstart" "codex-weekday --set /horizon=14h"; do
  read -r name options <<< "$run"
  read -ra options <<< "--replications 1 $options"
  for build in release debug; do
    digests "$build" "Scenarios/$name.json" "${options[@]}" > "$folder/$build.txt"
  done
  cp "$folder/release.txt" "$folder/first.txt"
  cp "$folder/debug.txt" "$folder/other.txt"
  same "in a debug build"
  echo "$name: $(wc -l < "$folder/first.txt") files, the same in a debug build"
done
[ "$scenarios" -gt 0 ]
echo "$comparisons digests are equal, of $scenarios scenarios"
