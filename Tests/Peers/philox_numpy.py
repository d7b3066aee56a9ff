"""Checks Fixtures/philox.csv against an independent Philox, and can write it anew.

    python3 -m venv v && v/bin/pip install numpy==2.4.6 randomgen==2.5.1
    v/bin/python Tests/Peers/philox_numpy.py            compare; exit 1 on the first difference
    v/bin/python Tests/Peers/philox_numpy.py --write    write the file from the peer

numpy's own Philox is the 4x64 variant, so the peer is `randomgen.Philox(number=4, width=32)`, by an
author of numpy's random module, and beside it ten rounds in numpy's unsigned arrays. The Swift
tests compare Weir's blocks with the same file: each side is checked against words that it did not make.
"""

import pathlib
import sys

import numpy as np

FIXTURE = pathlib.Path(__file__).parent.parent / "KernelTests" / "Fixtures" / "philox.csv"
HEADER = "key,counter_low,counter_high,word_low,word_high"
MASK = np.uint64(0xFFFFFFFF)


def addresses():
    """256 (key, counter low, counter high): corners first, then words of numpy's own generator."""
    corners = [0, 1, 2**32 - 1, 2**32, 2**63, 2**64 - 1]
    rows = [(key, low, high) for key in corners for low in corners for high in corners]
    words = np.random.Generator(np.random.PCG64(20261122)).integers(
        0, 2**64, size=(256 - len(rows), 3), dtype=np.uint64)
    return rows + [tuple(int(word) for word in row) for row in words]


def rounds_in_numpy(rows):
    """All blocks at once: ten rounds over arrays of 32-bit words held in 64 bits."""
    key, low, high = (np.array(column, dtype=np.uint64) for column in zip(*rows))
    shift = np.uint64(32)
    k0, k1 = key & MASK, key >> shift
    x0, x1, x2, x3 = low & MASK, low >> shift, high & MASK, high >> shift
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * x0, np.uint64(0xCD9E8D57) * x2
        x0, x1, x2, x3 = (p1 >> shift) ^ x1 ^ k0, p1 & MASK, (p0 >> shift) ^ x3 ^ k1, p0 & MASK
        k0, k1 = (k0 + np.uint64(0x9E3779B9)) & MASK, (k1 + np.uint64(0xBB67AE85)) & MASK
    return [(int(a), int(b)) for a, b in zip(x0 | x1 << shift, x2 | x3 << shift)]


def blocks_of_randomgen(rows):
    """One generator per block; randomgen counts up before its first block, so one is taken off."""
    from randomgen import Philox

    blocks = []
    for key, low, high in rows:
        counter = ((high << 64 | low) - 1) % 2**128
        words = Philox(key=key, counter=counter, number=4, width=32).random_raw(4, output=True)
        a, b, c, d = (int(word) for word in words)
        blocks.append((a | b << 32, c | d << 32))
    return blocks


def main():
    rows = addresses()
    blocks = blocks_of_randomgen(rows)
    if blocks != rounds_in_numpy(rows):
        sys.exit("randomgen and the rounds in numpy differ")
    lines = [HEADER] + [
        ",".join(f"{word:016x}" for word in row + block) for row, block in zip(rows, blocks)]
    if "--write" in sys.argv[1:]:
        FIXTURE.write_text("\n".join(lines) + "\n")
    committed = FIXTURE.read_text().splitlines()
    for number, (expected, found) in enumerate(zip(lines, committed, strict=True), start=1):
        if expected != found:
            sys.exit(f"{FIXTURE.name}:{number}: the peer has {expected}, the file {found}")
    print(f"philox: {len(blocks)} blocks of 4x32-10 agree with randomgen and numpy {np.__version__}")


if __name__ == "__main__":
    main()
