#!/usr/bin/env bash
# The thresholds of the committed scenarios hold; each way that a threshold can end has its exit code;
# the reports of weir test are what build servers and GitHub take.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
weir=.build/release/weir
checked=0

$weir test Scenarios | grep -v ': no thresholds$'

# outcome CODE WHAT THRESHOLD OPTIONS...: a test of the quickstart with that threshold ends so.
outcome() {
  local code=$1 what=$2 threshold=$3 status=0
  shift 3
  sed "s/\"primaryMetric\"/\"thresholds\": [$threshold], \"primaryMetric\"/" Scenarios/quickstart.json \
    > "$folder/quickstart.json"
  $weir test "$folder/quickstart.json" --replications 3 "$@" > "$folder/output.txt" 2>&1 || status=$?
  if [ "$status" -ne "$code" ]; then
    echo "$what: ended with $status, not $code"
    cat "$folder/output.txt"
    exit 1
  fi
  checked=$((checked + 1))
  echo "$code: $what"
}

served='"metric": "served_share", "where": {"policy": "waterfall"}'
outcome 0 "a threshold that passes" "{\"id\": \"a\", $served, \"assert\": \">= 0.5\"}"
outcome 99 "a threshold that fails" "{\"id\": \"a\", $served, \"assert\": \">= 1.5\"}"
wide="{\"id\": \"a\", $served, \"assert\": \">= 0.9\", \"on\": \"ci_lower\"}"
outcome 0 "an inconclusive threshold" "$wide"
grep -q INCONCLUSIVE "$folder/output.txt"
outcome 98 "an inconclusive threshold, with --strict" "$wide" --strict
outcome 99 "a threshold without data" \
  '{"id": "a", "metric": "end_to_end_p999_s", "assert": ">= 0"}'
grep -q 'no data' "$folder/output.txt"
outcome 65 "a threshold on an unknown metric" '{"id": "a", "metric": "servd_share", "assert": ">= 0"}'
grep -q 'did you mean "served_share"' "$folder/output.txt"

# Fourteen that fail: GitHub shows ten of a kind, the report has them all.
many=$(for number in $(seq 14); do printf '{"id": "t%s", %s, "assert": ">= 1.5"},' "$number" "$served"; done)
outcome 99 "fourteen thresholds that fail" "${many%,}" --github --junit "$folder/junit.xml"
[ "$(grep -c '^::error' "$folder/output.txt")" -eq 10 ]
python3 - "$folder/junit.xml" <<'PYTHON'
import sys, xml.etree.ElementTree as tree
cases = tree.parse(sys.argv[1]).getroot().findall("testsuite/testcase")
failures = [case.find("failure").get("message") for case in cases]
assert len(failures) == 14 and all(">= 1.5: found" in text for text in failures), failures
print(f"JUnit XML: {len(cases)} cases, read by another parser; annotations: 10")
PYTHON
echo "$checked outcomes have their exit codes"
