#!/usr/bin/env bash
# The scripts of weir emit with Debian's Slurm on this machine alone (an array of 20 shards and a
# merge that depends on it) and with GNU parallel: the same bytes as one process in every file but
# provenance.json. What cannot be had here is said so.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
daemons=()
finish() {
  for process in "${daemons[@]}"; do kill "$process" 2> /dev/null || true; done
  for process in "${daemons[@]}"; do
    for _ in $(seq 50); do kill -0 "$process" 2> /dev/null || break; sleep 0.1; done
  done
  rm -rf "$folder"
}
trap finish EXIT
weir=$PWD/.build/release/weir
scenario=Scenarios/quickstart.json
options=(--set /horizon=6h --replications 30)
passed=0

digests() { (cd "$1" && find . -type f ! -name provenance.json | LC_ALL=C sort | xargs sha256sum); }

# installed PROGRAM PACKAGES...: the program is there, perhaps after an installation.
installed() {
  local program=$1
  shift
  command -v "$program" > /dev/null && return
  command -v apt-get > /dev/null && [ "$(id -u)" = 0 ] || return 1
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } \
    > "$folder/apt.txt" 2>&1 && command -v "$program" > /dev/null
}

# same ENGINE: the results of the engine are those of one process.
same() {
  digests "$folder/$1" > "$folder/$1.txt"
  diff "$folder/reference.txt" "$folder/$1.txt"
  echo "$1: $(wc -l < "$folder/$1.txt") files, the same as from one process"
  passed=$((passed + 1))
}

"$weir" run $scenario "${options[@]}" -q -o "$folder/reference"
digests "$folder/reference" > "$folder/reference.txt"
runs=$(($(wc -l < "$folder/reference/runs.csv") - 1))
echo "$runs runs in 20 shards"

# Daemons of their own in a folder of their own: nothing of this machine's Slurm is touched.
start_slurm() {
  local host cores
  host=$(hostname -s) cores=$(nproc)
  mkdir -p "$folder"/daemons/{state,spool,munge}
  chmod 700 "$folder/daemons/munge"
  dd if=/dev/urandom of="$folder/daemons/munge/key" bs=128 count=1 2> /dev/null
  chmod 600 "$folder/daemons/munge/key"
  chmod 755 "$folder" "$folder/daemons"
  munged --force --foreground --socket="$folder/daemons/munge.socket" --key-file="$folder/daemons/munge/key" \
    --pid-file="$folder/daemons/munged.pid" --log-file="$folder/daemons/munged.txt" \
    --seed-file="$folder/daemons/munge/seed" > "$folder/daemons/munged.output.txt" 2>&1 &
  daemons+=($!)
  cat > "$folder/daemons/slurm.conf" << CONF
ClusterName=weir
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=27817
SlurmdPort=27818
AuthType=auth/munge
AuthInfo=socket=$folder/daemons/munge.socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/daemons/state
SlurmdSpoolDir=$folder/daemons/spool
SlurmctldPidFile=$folder/daemons/slurmctld.pid
SlurmdPidFile=$folder/daemons/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=1
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cores State=UNKNOWN
PartitionName=main Nodes=$host Default=YES State=UP MaxTime=INFINITE
CONF
  export SLURM_CONF=$folder/daemons/slurm.conf
  for _ in $(seq 50); do [ -S "$folder/daemons/munge.socket" ] && break; sleep 0.1; done
  slurmctld -D -f "$SLURM_CONF" > "$folder/daemons/slurmctld.txt" 2>&1 &
  daemons+=($!)
  slurmd -D -f "$SLURM_CONF" > "$folder/daemons/slurmd.txt" 2>&1 &
  daemons+=($!)
  for _ in $(seq 100); do
    if [ "$(sinfo -h -o %t 2> /dev/null)" = idle ]; then return; fi
    sleep 0.2
  done
  return 1
}

# The array, one task of which is killed and requeued, and the merge that waits for it.
run_slurm() {
  local job merge words killed=0
  "$weir" emit slurm $scenario "${options[@]}" --shards 20 --folder "$folder/slurm shards" \
    --results "$folder/slurm" -o "$folder/slurm.sh" 2> /dev/null
  words=$(WEIR=$weir bash "$folder/slurm.sh")
  echo "$words"
  job=$(sed 's/.*shards: job \([0-9]*\).*/\1/' <<< "$words")
  merge=$(sed 's/.*merge: job \([0-9]*\).*/\1/' <<< "$words")
  for _ in $(seq 1500); do
    if [ "$killed" = 0 ] && squeue -h -r -t running -j "$job" 2> /dev/null | grep -q .; then
      scontrol requeue "$(squeue -h -r -t running -j "$job" -o %A | head -n 1)" 2> /dev/null && killed=1
    fi
    # What a task was requeued for waits a while before it starts again.
    if [ "$killed" = 1 ]; then
      for waiting in $(squeue -h -r -t pending -j "$job" -o '%A %r' 2> /dev/null | awk '/BeginTime/ {print $1}'); do
        scontrol update JobId="$waiting" StartTime=now 2> /dev/null || true
      done
    fi
    squeue -h -j "$merge" 2> /dev/null | grep -q . || break
    sleep 0.2
  done
  [ -d "$folder/slurm" ] || { tail -n 5 "$folder/slurm shards"/log/* "$folder"/daemons/slurm*.txt; return 1; }
  echo "$killed task was killed and queued again"
}

if ! installed sbatch slurm-wlm munge; then
  echo "SKIP slurm: it is not installed and cannot be: $(tail -n 1 "$folder/apt.txt" 2> /dev/null || echo "no apt-get as root")"
elif ! start_slurm; then
  echo "SKIP slurm: no node came up: $(tail -qn 1 "$folder"/daemons/{munged.output,slurmctld,slurmd}.txt | tr '\n' ' ')"
else
  run_slurm
  same slurm
fi

if ! installed parallel parallel; then
  echo "SKIP parallel: it is not installed and cannot be: $(tail -n 1 "$folder/apt.txt" 2> /dev/null || echo "no apt-get as root")"
else
  "$weir" emit parallel $scenario "${options[@]}" --shards 20 --folder "$folder/parallel shards" \
    --results "$folder/parallel" -o "$folder/parallel.sh" 2> /dev/null
  WEIR=$weir bash "$folder/parallel.sh" --jobs 2 > "$folder/output.txt" 2> "$folder/words.txt" \
    || { cat "$folder/words.txt"; exit 1; }
  same parallel
  # Made again, it makes nothing again.
  before=$(find "$folder/parallel shards" -name '*.run' -newer "$folder/words.txt" | wc -l)
  WEIR=$weir bash "$folder/parallel.sh" --jobs 2 > "$folder/output.txt" 2>> "$folder/words.txt"
  after=$(find "$folder/parallel shards" -name '*.run' -newer "$folder/words.txt" | wc -l)
  [ "$before" = "$after" ] || { echo "runs were made again"; exit 1; }
fi
echo "$passed of 2 engines came to the bytes of one process"
