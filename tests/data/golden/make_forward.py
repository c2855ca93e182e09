#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what torchvision's ResNets make of given pictures with given weights, in eval and in training mode.

Weights and pictures follow from their places by a formula, so that none has to be stored; the test fills its own
networks alike. Debian: /usr/bin/python3 make_forward.py   (python3-torch, python3-torchvision)
"""
import json
import math
import pathlib

import torch
import torchvision

torch.set_num_threads(1)
shown = 24  # values kept of each result


def pattern(shape, offset):
    """sin over the places 0, 1, 2, …, the same in every library."""
    places = torch.arange(math.prod(shape), dtype=torch.float64)
    return torch.sin(places * 0.731 + offset).reshape(shape).float()


def fill(network):
    for number, (name, tensor) in enumerate(network.state_dict().items()):
        if name.endswith("num_batches_tracked"):
            continue
        if tensor.dim() >= 2:
            fan_in = tensor[0].numel()
            tensor.copy_(pattern(tensor.shape, number) * math.sqrt(2 / fan_in))
        elif name.endswith("running_var") or name.endswith("weight"):
            tensor.copy_(1 + 0.25 * pattern(tensor.shape, number))
        else:
            tensor.copy_(0.25 * pattern(tensor.shape, number))


def result(tensor):
    flat = tensor.detach().double().flatten()
    return {"first": flat[:shown].tolist(), "norm": flat.norm().item()}


cases = []
for name in ("resnet18", "resnet50"):
    network = getattr(torchvision.models, name)(weights=None)
    network.fc = torch.nn.Identity()
    fill(network)
    pictures = 0.5 + 0.5 * pattern((4, 3, 64, 64), 0.5)
    network.eval()
    with torch.no_grad():
        features = result(network(pictures))
    case = {"architecture": name, "features": features}
    # Deeper ones are no measure in training mode: with these weights fifty batch norms over four pictures magnify
    # rounding until float32 and float64 give different features altogether.
    if name == "resnet18":
        network.train()
        out = network(pictures)
        (out * pattern(out.shape, 0.25)).sum().backward()
        case |= {
            "training_features": result(out),
            "conv1_gradient": result(network.conv1.weight.grad),
            "running_mean": result(network.layer4[0].bn1.running_mean),
            "running_var": result(network.layer4[0].bn1.running_var),
        }
    cases.append(case)

path = pathlib.Path(__file__).with_name("forward.json")
path.write_text(json.dumps(cases, indent=1) + "\n")
