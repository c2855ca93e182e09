#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the names and shapes of torchvision's ResNets, without classifier: NAME<tab>SHAPE a line.

Debian: /usr/bin/python3 make_torchvision_names.py   (python3-torchvision)
"""
import pathlib

import torchvision

for name in ("resnet18", "resnet34", "resnet50", "resnet101", "resnet152"):
    state = getattr(torchvision.models, name)(weights=None).state_dict()
    lines = [
        f"{key}\t{'x'.join(str(size) for size in tensor.shape)}\n"
        for key, tensor in state.items()
        if not key.startswith("fc.")
    ]
    pathlib.Path(__file__).with_name(f"{name}_names.txt").write_text("".join(lines))
