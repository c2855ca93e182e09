#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens what "simclr export" and "simclr embed" wrote, as a user in Python would, and compares the features.

usage: check_exports.py FOLDER    with features.npy, features.csv, export.json (what "export --json" printed, one document
a line), the files that it names, and the pictures that features.csv names below pictures/

Prints a line for each thing that was compared. Exit status 77 where torch and torchvision are not installed.
"""
import csv
import json
import pathlib
import sys

try:
    import numpy
    import torch
    import torchvision  # noqa: F401  used by the lines that the export printed
    from PIL import Image
except ImportError as missing:
    print(missing)
    sys.exit(77)

tolerance = 1e-5
folder = pathlib.Path(sys.argv[1])
torch.set_num_threads(1)


def compare(what, ours, theirs):
    difference = float(numpy.abs(ours - numpy.asarray(theirs)).max())
    assert ours.shape == tuple(theirs.shape), f"{what}: {ours.shape} and {tuple(theirs.shape)}"
    assert difference <= tolerance, f"{what}: differs by {difference}"
    print(f"{what}: {ours.shape}, differs by at most {difference:.1e}")


features = numpy.load(folder / "features.npy")
assert features.dtype == numpy.float32 and features.flags.c_contiguous
with open(folder / "features.csv", newline="", encoding="utf-8") as table:
    rows = list(csv.DictReader(table))
assert len(rows) == len(features) and features.std(axis=0).max() > 0
pixels = [numpy.asarray(Image.open(folder / "pictures" / row["path"]).convert("RGB")) for row in rows]
pictures = torch.from_numpy(numpy.stack(pixels)).permute(0, 3, 1, 2).float() / 255
assert all(row["path"].split("/")[0] == row["label"] for row in rows)

for line in open(folder / "export.json", encoding="utf-8"):
    export = json.loads(line)
    what = f"{export['format']} of {export['encoder']}"
    program = export["python"].replace(json.dumps(pathlib.Path(export["out"]).name), json.dumps(export["out"]))
    if export["format"] == "onnx":
        try:
            import onnxruntime  # noqa: F401
        except ImportError:
            print(f"{what}: no onnxruntime")
            continue
        names = {"pictures": pictures.numpy()}
    else:
        names = {"pictures": pictures}
    try:
        exec(program, names)  # the very lines that the person is shown
    except ModuleNotFoundError as missing:
        print(f"{what}: {missing}")
        continue
    if "features" in names and export["feature_size"] == features.shape[1]:
        compare(what, features, names["features"])
    if export["format"] == "torchscript":
        encoder = names["encoder"]
        other = torch.rand(3, 3, 48, 40)
        with torch.no_grad():
            several = encoder(other)
            single = torch.cat([encoder(picture[None]) for picture in other])
        compare(what + ", other sizes", several.numpy(), single)
        assert not encoder.training
        encoder.train()
        encoder(torch.rand(4, 3, 32, 32)).sum().backward()
        assert all(parameter.grad is not None for parameter in encoder.parameters()), what
        print(f"{what}: can be trained further")
    if export["format"] == "torchvision":
        saved = torch.load(export["out"])
        assert type(saved).__name__ == "OrderedDict" and "layer1.0.bn2.num_batches_tracked" in saved
        if export["encoder"].startswith("resnet18, width 1, stem for large"):
            network = torchvision.models.resnet18()
            problems = network.load_state_dict(torch.load(export["out"]), strict=False)
            assert sorted(problems.missing_keys) == ["fc.bias", "fc.weight"] and not problems.unexpected_keys
            print(f"{what}: fits torchvision.models.resnet18()")
