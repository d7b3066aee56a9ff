#!/usr/bin/env bash
# The whole command on one thread with its default recorders, on a million requests: its time over
# that of a tight C++ program for the same model, what it allocates per request and holds per
# request and per account.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
swift build -c release --product weir 2>&1 | tail -1
c++ -O3 -march=native -o "$folder/model_c" Tests/Peers/model_c.cpp
cc -O2 -shared -fPIC -o "$folder/allocations.so" Tests/Peers/allocations.c -ldl
python3 Tests/Peers/speed.py .build/release/weir "$folder/model_c" "$folder/allocations.so"
