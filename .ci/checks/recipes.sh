#!/usr/bin/env bash
# The recipes of the article on many machines, as they stand there: Kubernetes and AWS Batch against
# the published types of their systems, and the commands of all run shard by shard, Dask's by Dask.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
python=$PWD/.build-recipes/bin/python
[ -x "$python" ] || python3 -m venv .build-recipes
"$python" -m pip install -q --disable-pip-version-check \
  PyYAML==6.0.4 kubernetes-validate==1.37.0 awscli==1.46.3 'dask[distributed]==2026.8.0'
"$python" .ci/recipes.py "$folder"
