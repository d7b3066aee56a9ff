#!/usr/bin/env bash
# The completions of the three shells: their syntax, and what they offer for each command and
# option that the help shows.
set -euo pipefail
cd "$(dirname "$0")/../.."
missing=()
for shell in bash zsh fish; do command -v "$shell" > /dev/null || missing+=("$shell"); done
if [ "${#missing[@]}" -gt 0 ]; then
  { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } > /dev/null 2>&1
fi
weir=$PWD/.build/release/weir
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
export PATH="$PWD/.build/release:$PATH" HOME="$folder"
for shell in bash zsh fish; do
  "$weir" completions "$shell" > "$folder/weir.$shell"
  "$shell" -n "$folder/weir.$shell"
done
echo "3 scripts are what their shells can read"

# What a shell offers after "weir WORDS...", the last of which is only begun, one word a line.
offers_bash() {
  bash --norc -c 'source "$0"; COMP_WORDS=(weir "$@"); COMP_CWORD=$#; _weir; printf "%s\n" "${COMPREPLY[@]}"' \
    "$folder/weir.bash" "$@"
}
offers_fish() {
  fish --no-config -c 'source $argv[1]; complete -C "$argv[2]"' "$folder/weir.fish" "weir $*" | cut -f 1
}
# A pseudo-terminal, as zsh completes on one alone; each press of Tab lists what there is.
offers_zsh() {
  zsh -f -c '
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell "PS1= ; autoload -U compinit; compinit -D -u; source $1; bindkey \"^I\" complete-word"
    zpty -w shell "stty columns 400 rows 1000; LISTMAX=10000; setopt no_always_last_prompt; zstyle \":completion:*\" list-separator \" \"; print READY"
    zpty -r -m shell line "*READY*READY*"
    zpty -w -n shell "weir $2"$'"'\t\t'"'
    for i in {1..40}; do
      while zpty -r -t shell line; do print -r -- "$line"; i=0; done
      sleep 0.05
    done
    zpty -d shell' zsh "$folder/weir.zsh" "$*" | sed 's/\x1b[^a-zA-Z]*[a-zA-Z]//g' | grep -oE -- '--?[a-z][a-z-]*|^[a-z]+' || true
}

count=0
for shell in bash fish zsh; do
  commands=$("$weir" --help | sed -n '/^commands/,/^exit codes/p' | sed -n 's/^  \([a-z]*\) .*/\1/p')
  offered=$("offers_$shell" "")
  for command in $commands; do
    grep -qx -- "$command" <<< "$offered" || { echo "$shell does not offer: weir $command"; exit 1; }
    options=$("$weir" "$command" --help | grep -oE '^  (-., |    )--[a-z-]+' | grep -oE -- '--[a-z-]+')
    found=$("offers_$shell" "$command" --)
    for option in $options; do
      grep -qx -- "$option" <<< "$found" || { echo "$shell does not offer: weir $command $option"; exit 1; }
      count=$((count + 1))
    done
  done
done
echo "$count options are offered, of $(wc -w <<< "$commands") commands in 3 shells"

# Values: scenario files by position, folders where folders are meant, words where they are few.
cd "$folder"
mkdir Results && touch mine.json other.csv
[ "$(offers_bash run '' | sort | xargs)" = "Results mine.json" ]
[ "$(offers_bash report '')" = Results ]
[ "$(offers_bash validate --format '' | xargs)" = "text json github" ]
[ "$(offers_fish validate --format '' | sort | xargs)" = "github json text" ]
[ "$(offers_fish report '')" = Results/ ]
offers_fish run '' | grep -qx mine.json
echo "6 kinds of values are offered where they are meant"
