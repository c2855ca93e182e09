#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what torchvision (with PIL pictures) makes of small pictures: the changes of colours and levels.

Debian: /usr/bin/python3 make_colors.py   (python3-torchvision 0.14, python3-pil 9.4)
"""
import json
import pathlib

import numpy as np
import torch
import torchvision.transforms.functional as F
from PIL import Image, ImageOps

random = np.random.default_rng(1)


def smooth(width, height, noise):
    y, x = np.mgrid[0:height, 0:width] / np.array([height, width]).reshape(2, 1, 1)
    levels = np.stack([40 + 150 * x, 60 + 120 * y * y, 200 - 90 * x * y], axis=2)
    return Image.fromarray((levels + noise * random.standard_normal(levels.shape)).clip(0, 255).astype(np.uint8))


pictures = {
    "noise": Image.fromarray(random.integers(0, 256, (11, 16, 3), dtype=np.uint8)),
    "smooth": smooth(16, 11, 0),
    "photo": smooth(40, 30, 12),  # so many pixels that equalize() has something to spread
}
small = ("noise", "smooth")
cases = []


def add(names, operation, parameters, change):
    for name in names:
        result = change(pictures[name])
        cases.append({"picture": name, "operation": operation, "parameters": parameters,
                      "result": result.tobytes().hex()})


for operation, change in (("brightness", F.adjust_brightness), ("contrast", F.adjust_contrast),
                          ("saturation", F.adjust_saturation)):
    for factor in (0.0, 0.3, 0.77, 1.4, 2.5):
        add(small, operation, {"factor": [factor, factor]}, lambda picture: change(picture, factor))
for factor in (0.0, 0.1, 0.5, 1.9, 4.0):
    add(small, "sharpened", {"factor": factor}, lambda picture: F.adjust_sharpness(picture, factor))

# torchvision turns by int(255 · factor) of the 256 hues.
for shift in (10, 60, 100, 127, -60):
    factor = (shift + (0.5 if shift > 0 else -0.5)) / 255
    add(small, "hue", {"turn": [shift / 256, shift / 256]}, lambda picture: F.adjust_hue(picture, factor))

for threshold in (0, 100.25, 127.5, 128, 255):
    add(small, "solarize", {"threshold": [threshold, threshold]}, lambda picture: F.solarize(picture, threshold))
for bits in (1, 2, 5, 7, 8):
    add(small, "posterize", {"bits": [bits, bits]}, lambda picture: F.posterize(picture, bits))
add(small, "invert", {}, F.invert)
add(pictures, "equalize", {}, F.equalize)
add(("smooth", "photo"), "autocontrast", {"cutoff": 0}, F.autocontrast)
for cutoff in (2.5, 10, 45):
    add(small, "autocontrast", {"cutoff": cutoff}, lambda picture: ImageOps.autocontrast(picture, cutoff))


def normalized(picture, mean, std):
    """torchvision's Normalize, three deviations to either side put back into a byte."""
    values = F.to_tensor(picture).double()
    if mean is None:
        mean, std = values.mean((1, 2)), values.std((1, 2), unbiased=False)
    normal = (0.5 + F.normalize(values, mean, std) / 6).clamp(0, 1)
    return Image.fromarray((normal * 255).round().to(torch.uint8).permute(1, 2, 0).numpy())


for statistics, mean, std in (("imagenet", [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
                              ("cifar10", [0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]), ("own", None, None)):
    add(small, "normalize", {"statistics": statistics, "deviations": 3.0, "strength": 1.0},
        lambda picture: normalized(picture, mean, std))

path = pathlib.Path(__file__).with_name("colors.json")
path.write_text(json.dumps({
    "pictures": {name: {"width": picture.width, "height": picture.height, "pixels": picture.tobytes().hex()}
                 for name, picture in pictures.items()},
    "cases": cases}, indent=0) + "\n")
