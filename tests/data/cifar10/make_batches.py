#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes batches of two images as each version of Python and its pickle protocols writes CIFAR-10's Python version.

Byte i of image n is (7 i + 100 n) mod 256, and the labels are 3 and 9. Needs NumPy; run it in this folder.
"""
import pickle
import struct

import numpy

data = numpy.array([[(7 * i + 100 * n) % 256 for i in range(3072)] for n in range(2)], dtype=numpy.uint8)
labels = [3, 9]

batch = {b"batch_label": b"testing batch 1 of 1", b"labels": labels, b"data": data, b"filenames": [b"a.png", b"b.png"]}
for protocol in (2, 4, 5):
    with open(f"protocol{protocol}", "wb") as file:
        pickle.dump(batch, file, protocol=protocol)

with open("cifar100", "wb") as file:
    pickle.dump({b"fine_labels": labels, b"coarse_labels": [0, 1], b"data": data}, file, protocol=2)
with open("floats", "wb") as file:
    pickle.dump({**batch, b"data": data.astype(numpy.float32)}, file, protocol=2)
with open("few_labels", "wb") as file:
    pickle.dump({**batch, b"labels": [3]}, file, protocol=2)


# Python 2, which wrote the file that most people have: its strings are bytes.
def short(text):
    return b"U" + bytes([len(text)]) + text


def integer(value):
    return b"K" + bytes([value]) if value < 256 else b"M" + struct.pack("<H", value)


array = (b"cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\x00\x85" + short(b"b") + b"\x87R"
         b"(K\x01K\x02" + integer(3072) + b"\x86cnumpy\ndtype\nq\x03" + short(b"u1") + b"K\x00K\x01\x87R(K\x03" +
         short(b"|") + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T" + struct.pack("<i", data.size) +
         data.tobytes() + b"tb")
with open("python2", "wb") as file:
    file.write(b"\x80\x02}q\x00(" + short(b"data") + array + short(b"labels") + b"](" +
               b"".join(integer(label) for label in labels) + b"e" + short(b"batch_label") + short(b"one") + b"u.")
