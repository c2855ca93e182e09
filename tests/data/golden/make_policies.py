#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes torchvision's tables of AutoAugment, the magnitudes of its operations, and what each makes of a small picture.

Debian: /usr/bin/python3 make_policies.py   (python3-torchvision 0.14, python3-pil 9.4)
"""
import json
import pathlib

import numpy as np
from PIL import Image
from torchvision.transforms import AutoAugment, AutoAugmentPolicy, InterpolationMode, RandAugment
from torchvision.transforms.autoaugment import _apply_op

policies = {policy.value: [[[name, probability, bin] for name, probability, bin in pair]
                           for pair in AutoAugment(policy).policies]
            for policy in AutoAugmentPolicy}

magnitudes = []
for owner, bins in ((AutoAugment(), 10), (RandAugment(), 31), (RandAugment(), 11), (RandAugment(), 9)):
    for width, height in ((32, 32), (97, 224), (331, 331)):
        space = owner._augmentation_space(bins, (height, width))
        magnitudes.append({"bins": bins, "width": width, "height": height, "actions": [
            {"name": name, "signed": signed,
             "values": [round(float(value), 6) for value in values.reshape(-1)]}
            for name, (values, signed) in space.items()
            if (width, height) == (32, 32) or name.startswith("Translate")]})

random = np.random.default_rng(2)
picture = Image.fromarray(random.integers(30, 220, (13, 18, 3), dtype=np.uint8))
results = []
for name, values in (("Identity", [0]), ("ShearX", [0.3, -0.1]), ("ShearY", [0.3, -0.1]), ("TranslateX", [5, -8]),
                     ("TranslateY", [4, -3]), ("Rotate", [30, -13.333333, 9]), ("Brightness", [0.27, -0.9]),
                     ("Color", [0.27, -0.9]), ("Contrast", [0.27, -0.9]), ("Sharpness", [0.9, -0.9]),
                     ("Posterize", [4, 7]), ("Solarize", [170, 76.5]), ("AutoContrast", [0]), ("Equalize", [0]),
                     ("Invert", [0])):
    for magnitude in values:
        for mode in (InterpolationMode.NEAREST, InterpolationMode.BILINEAR):
            geometric = name.startswith(("Shear", "Translate", "Rotate"))
            if mode == InterpolationMode.NEAREST or geometric:
                result = _apply_op(picture, name, float(magnitude), interpolation=mode, fill=[90] * 3)
                results.append({"name": name, "magnitude": magnitude, "interpolation": mode.value,
                                "pixels": result.tobytes().hex()})

path = pathlib.Path(__file__).with_name("policies.json")
path.write_text(json.dumps({
    "policies": policies, "magnitudes": magnitudes,
    "picture": {"width": picture.width, "height": picture.height, "pixels": picture.tobytes().hex()},
    "results": results}, separators=(",", ":")).replace('{"name"', '\n{"name"').replace("[[", "\n[[") + "\n")
