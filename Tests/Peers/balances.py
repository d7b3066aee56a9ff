"""Every balance recomputed from the three event files alone: a second opinion to `weir audit`.

Usage: balances.py FOLDER. Prints what was counted; ends with 1 at the first thing that is wrong.
"""

import csv
import sys
from collections import defaultdict

folder = sys.argv[1]


def rows(name):
    with open(f"{folder}/{name}.csv", newline="") as file:
        for row in csv.DictReader(file):
            yield (row["policy"], row["point"], row["replication"]), row


def wrong(text):
    print(f"balances: {text}")
    sys.exit(1)


used = {}
for run, row in rows("usage_events"):
    key = run + (row["account"], row["request"])
    if key in used:
        wrong(f"two usage events of {key}")
    used[key] = int(row["units"])

charged = {}
charged_units = defaultdict(int)
for run, row in rows("monetization_events"):
    request = run + (row["account"], row["request"])
    key = request + (row["layer"],)
    if key in charged:
        wrong(f"two monetization events of {key}")
    if request not in used:
        wrong(f"no usage event of {key}")
    charged[key] = int(row["amount"])
    charged_units[request] += int(row["units"])
    if charged_units[request] > used[request]:
        wrong(f"more units charged than used by {request}")

balance = defaultdict(int)
debited = set()
refunds = refunded = updates = 0
for run, row in rows("balance_updates"):
    updates += 1
    owner = run + (row["layer"], row["owner"])
    kind, amount = row["kind"], int(row["amount"])
    before = balance[owner]
    if kind != "overshootRefund" and before < 0:
        wrong(f"the balance of {owner} stayed below zero")
    if kind == "debit":
        key = run + (row["account"], row["request"], row["layer"])
        if key not in charged:
            wrong(f"a debit without a charge: {key}")
        if key in debited:
            wrong(f"two debits of {key}")
        if amount != -charged[key]:
            wrong(f"a debit of {-amount}, charged were {charged[key]}: {key}")
        debited.add(key)
    if kind == "overshootRefund":
        refunds += 1
        refunded += amount
        if before + amount != 0 or amount <= 0:
            wrong(f"a refund of {amount} at {before}: {owner}")
    balance[owner] += amount
    if balance[owner] != int(row["balance"]):
        wrong(f"{owner} is stated as {row['balance']}, its updates come to {balance[owner]}")
lost = len(charged) - len(debited)
if lost:
    wrong(f"{lost} charges were never debited")
below = sum(value < 0 for value in balance.values())
if below:
    wrong(f"{below} balances are below zero")
print(
    f"balances: {len(used)} usage events, {len(charged)} charges, {len(debited)} debits,"
    f" {refunds} refunds of {refunded} micro-credits, {updates} updates of"
    f" {len(balance)} balances: all as recomputed, 0 lost, 0 doubled"
)
