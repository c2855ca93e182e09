#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes small datasets in the layouts of the published ones: CIFAR-100, STL-10, MNIST and MedMNIST.

The value of channel c of the pixel (x, y) of image n is (31 n + 50 c + 7 y + 3 x) mod 256; the images of each
file are numbered from a value of its own. Needs NumPy; run it in this folder.
"""
import gzip
import io
import os
import shutil
import struct
import zipfile

import numpy


def images(first, count, side, channels):
    """count × side × side × channels bytes."""
    n, y, x, c = numpy.meshgrid(numpy.arange(first, first + count), numpy.arange(side), numpy.arange(side),
                                numpy.arange(channels), indexing="ij")
    return ((31 * n + 50 * c + 7 * y + 3 * x) % 256).astype(numpy.uint8)


def write(path, data):
    if os.path.dirname(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def pickled(value):
    """As Python 2 pickled it, in which form CIFAR is published: its strings are bytes."""
    if isinstance(value, bytes):
        return b"U" + bytes([len(value)]) + value if len(value) < 256 else b"T" + struct.pack("<i", len(value)) + value
    if isinstance(value, int):
        return b"K" + bytes([value]) if value < 256 else b"M" + struct.pack("<H", value)
    if isinstance(value, list):
        return b"](" + b"".join(pickled(item) for item in value) + b"e"
    if isinstance(value, dict):
        return b"}(" + b"".join(pickled(item) for pair in value.items() for item in pair) + b"u"
    return (b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\x00\x85" + pickled(b"b") + b"tR(K\x01(" +
            b"".join(pickled(extent) for extent in value.shape) + b"tcnumpy\ndtype\n" +
            pickled(b"u1") + b"K\x00K\x01\x87R(K\x03" + pickled(b"|") +
            b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T" + struct.pack("<i", value.nbytes) +
            value.tobytes() + b"tb")


def pickle_file(value):
    return b"\x80\x02" + pickled(value) + b"."


def cifar100(name, first, coarse, fine):
    planes = images(first, len(fine), 32, 3).transpose(0, 3, 1, 2).reshape(len(fine), -1)
    records = b"".join(bytes([c, f]) + p.tobytes() for c, f, p in zip(coarse, fine, planes))
    write(f"cifar-100-binary/{name}.bin", records)
    batch = {b"filenames": [b"%d.png" % f for f in fine], b"batch_label": b"batch", b"fine_labels": fine,
             b"coarse_labels": coarse, b"data": planes}
    write(f"cifar-100-python/{name}", pickle_file(batch))


def stl10(name, first, count):
    write(f"stl10_binary/{name}_X.bin", images(first, count, 96, 3).transpose(0, 3, 2, 1).tobytes())


def idx(path, array):
    header = struct.pack(">BBBB", 0, 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    write(path, header + array.tobytes())


def npy(array, version=None):
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, version=version, allow_pickle=True)
    return file.getvalue()


def npz(path, members, compression=zipfile.ZIP_STORED):
    """Without times, so that the same file is written each time."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name + ".npy")
            info.compress_type = compression
            with archive.open(info, "w", force_zip64=True) as member:  # as numpy.savez() does
                member.write(data)


def medmnist(channels, side=28):
    """Arrays with the shapes and types of MedMNIST: labels are images × 1."""
    parts = {}
    for part, first, labels in (("train", 0, [0, 1, 2, 1]), ("val", 10, [2, 0]), ("test", 20, [1, 2, 0])):
        data = images(first, len(labels), side, channels)
        parts[f"{part}_images"] = data[..., 0] if channels == 1 else data
        parts[f"{part}_labels"] = numpy.array(labels, dtype=numpy.uint8)[:, None]
    return parts


for folder in ("cifar-100-binary", "cifar-100-python", "stl10_binary", "MNIST", "FashionMNIST", "npz"):
    shutil.rmtree(folder, ignore_errors=True)

cifar100("train", 0, [4, 1, 14, 4], [0, 1, 2, 99])
cifar100("test", 100, [0, 19], [4, 81])
fine = [f"fine_{i:02}" for i in range(100)]
coarse = [f"coarse_{i:02}" for i in range(20)]
write("cifar-100-binary/fine_label_names.txt", "".join(f + "\n" for f in fine).encode())
write("cifar-100-binary/coarse_label_names.txt", "".join(c + "\n" for c in coarse).encode() + b"\n")
write("cifar-100-python/meta", pickle_file({b"fine_label_names": [f.encode() for f in fine],
                                              b"coarse_label_names": [c.encode() for c in coarse]}))

stl10("train", 0, 3)
write("stl10_binary/train_y.bin", bytes([1, 10, 3]))
stl10("test", 100, 2)
write("stl10_binary/test_y.bin", bytes([3, 1]))
stl10("unlabeled", 200, 2)
write("stl10_binary/class_names.txt", b"\n".join([b"airplane", b"bird", b"car", b"cat", b"deer", b"dog", b"horse",
                                                  b"monkey", b"ship", b"truck"]))
write("stl10_binary/fold_indices.txt", b"0 1 \n" * 10)

for folder, first in (("MNIST", 0), ("FashionMNIST", 50)):
    for part, offset, labels in (("train", 0, [5, 0, 4, 9]), ("t10k", 20, [7, 2])):
        idx(f"{folder}/raw/{part}-images-idx3-ubyte", images(first + offset, len(labels), 28, 1)[..., 0])
        idx(f"{folder}/raw/{part}-labels-idx1-ubyte", numpy.array(labels, dtype=numpy.uint8))
for name in os.listdir("FashionMNIST/raw"):  # as it is published
    path = os.path.join("FashionMNIST/raw", name)
    with open(path, "rb") as file:
        write(path + ".gz", gzip.compress(file.read(), mtime=0))
    os.remove(path)

grey = medmnist(1)
rgb = medmnist(3)
npz("npz/breastmnist.npz", {name: npy(array) for name, array in grey.items()}, zipfile.ZIP_DEFLATED)
npz("npz/pathmnist.npz", {name: npy(array) for name, array in rgb.items()})
small = medmnist(3, 8)
npz("npz/fortran.npz", {name: npy(numpy.asfortranarray(array)) for name, array in small.items()})
npz("npz/big_endian.npz", {name: npy(array.astype(">i8") if "labels" in name else array)
                           for name, array in small.items()})
for version in (2, 3):
    npz(f"npz/version{version}.npz", {name: npy(array, (version, 0)) for name, array in small.items()})
npz("npz/several_labels.npz", {name: npy(numpy.tile(array, (1, 14)) if "labels" in name else array)
                               for name, array in small.items()})
npz("npz/objects.npz", {name: npy(array.astype(object) if "labels" in name else array)
                        for name, array in small.items()})
npz("npz/floats.npz", {name: npy(array if "labels" in name else array.astype(numpy.float32) / 255)
                       for name, array in small.items()})
npz("npz/records.npz", {"train_images": npy(numpy.zeros(3, dtype=[("a", "u1"), ("b", "<f4")]))})
npz("npz/volumes.npz", {"train_images": npy(numpy.zeros((2, 8, 8, 8), numpy.uint8))})
npz("npz/keras.npz", {"x_train": npy(small["train_images"]), "y_train": npy(small["train_labels"][:, 0]),
                      "x_test": npy(small["test_images"]), "y_test": npy(small["test_labels"][:, 0])})
