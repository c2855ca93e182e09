#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares "simclr data convert" with the loaders of torchvision and medmnist: the same files must give the same pixels,
labels and order. The shards are read by the webdataset library.

usage: check_datasets.py SIMCLR DATASETS FOLDER    with the command, tests/data/datasets and an empty folder

Prints a line for each thing that was compared. Exit status 77 where numpy, Pillow and torchvision are not installed;
without medmnist or webdataset, what needs them is not compared, and a line says so.
"""
import csv
import gzip
import pathlib
import shutil
import subprocess
import sys

try:
    import numpy
    from PIL import Image
    from torchvision import datasets
except ImportError as missing:
    print(missing)
    sys.exit(77)

command, sources, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])


def rgb(picture):
    return numpy.asarray((picture if isinstance(picture, Image.Image) else Image.fromarray(picture)).convert("RGB"))


class CIFAR100(datasets.CIFAR100):
    """Without the checksums of the published files."""
    train_list = [["train", None]]
    test_list = [["test", None]]
    meta = {**datasets.CIFAR100.meta, "md5": None}


class STL10(datasets.STL10):
    """Without the checksums of the published files."""
    train_list = [[name, None] for name in ("train_X.bin", "train_y.bin", "unlabeled_X.bin")]
    test_list = [[name, None] for name in ("test_X.bin", "test_y.bin")]


def samples(*loaders):
    return [(rgb(picture), int(numpy.asarray(label).item())) for loader in loaders for picture, label in loader]


def published():
    """Name, source, and the parts with the samples of the published loader; label −1: none."""
    yield "CIFAR-100", "cifar-100-python", {"train": samples(CIFAR100(sources)),
                                            "test": samples(CIFAR100(sources, train=False))}
    yield "CIFAR-100, binary version", "cifar-100-binary", {"train": samples(CIFAR100(sources)),
                                                            "test": samples(CIFAR100(sources, train=False))}
    yield "STL-10", "stl10_binary", {"train": samples(STL10(sources, split="train")),
                                     "test": samples(STL10(sources, split="test")),
                                     "unlabelled": samples(STL10(sources, split="unlabeled"))}
    for name in ("MNIST", "FashionMNIST"):
        raw = folder / "unpacked" / name / "raw"
        shutil.copytree(sources / name / "raw", raw)
        for packed in raw.glob("*.gz"):
            packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
        loader = getattr(datasets, name)
        yield name, name, {"train": samples(loader(folder / "unpacked")),
                           "test": samples(loader(folder / "unpacked", train=False))}
    try:
        import medmnist
    except ImportError as missing:
        print(f"medmnist is not compared: {missing}")
        return
    for name, source in (("PathMNIST", "npz/pathmnist.npz"), ("BreastMNIST", "npz/breastmnist.npz")):
        train, validation, test = (getattr(medmnist, name)(split=part, root=str(sources / "npz"))
                                   for part in ("train", "val", "test"))
        yield name, source, {"train": samples(train, validation), "test": samples(test)}


def convert(source, form):
    out = folder / form / source.replace("/", "-")
    out.parent.mkdir(exist_ok=True)
    subprocess.run([command, "data", "convert", str(sources / source), "--to", form, "--out", str(out)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out


def from_folder(out):
    """The parts of a folder; its classes are names of folders or in its table."""
    classes = (folder / "webdataset" / out.name / "classes.txt").read_text().splitlines()
    labels = {}
    if (out / "labels.csv").exists():
        with open(out / "labels.csv", newline="", encoding="utf-8") as table:
            labels = {row["path"]: row["label"] for row in csv.DictReader(table)}
    parts = {}
    for file in sorted(out.rglob("*.png"), key=lambda path: (path.parts[len(out.parts)], path.name)):
        relative = file.relative_to(out)
        label = labels.get(str(relative), relative.parts[1] if len(relative.parts) > 2 else "")
        parts.setdefault(relative.parts[0], []).append((rgb(Image.open(file)), classes.index(label) if label else -1))
    return parts


def from_shards(out):
    import webdataset
    parts = {}
    for shard in sorted(out.glob("*.tar")):
        part = shard.name.split("-")[0]
        for sample in webdataset.WebDataset(str(shard), shardshuffle=False, empty_check=False).decode("pil"):
            parts.setdefault(part, []).append((rgb(sample["png"]), sample.get("cls", -1)))
    return parts


def compare(what, ours, theirs):
    assert ours.keys() == theirs.keys(), f"{what}: {list(ours)} and {list(theirs)}"
    for part, expected in theirs.items():
        assert len(ours[part]) == len(expected), f"{what}, {part}: {len(ours[part])} and {len(expected)} images"
        for number, ((picture, label), (other, other_label)) in enumerate(zip(ours[part], expected)):
            assert label == other_label, f"{what}, {part} {number}: label {label} and {other_label}"
            assert numpy.array_equal(picture, other), f"{what}, {part} {number}: other pixels"
    print(f"{what}: {', '.join(f'{len(images)} {part}' for part, images in theirs.items())}, equal")


try:
    import webdataset  # noqa: F401  used by from_shards()
    has_webdataset = True
except ImportError as missing:
    print(f"shards are not compared: {missing}")
    has_webdataset = False

for name, source, parts in published():
    shards = convert(source, "webdataset")
    compare(f"{name} as a folder", from_folder(convert(source, "folder")), parts)
    if has_webdataset:
        compare(f"{name} as shards", from_shards(shards), parts)
