#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes NT-Xent values and gradients computed in float64, term by term as eq. 1 says, and three steps of torch's SGD.

Debian: /usr/bin/python3 make_losses.py   (python3-torch)
"""
import json
import math
import pathlib

import torch

torch.manual_seed(0)


def nt_xent(z, tau):
    views = z.shape[0]
    half = views // 2
    total = 0.0
    for i in range(views):
        positive = (i + half) % views
        similarity = [torch.dot(z[i], z[k]) / (z[i].norm() * z[k].norm()) / tau for k in range(views)]
        denominator = torch.stack([similarity[k].exp() for k in range(views) if k != i]).sum()
        total = total - torch.log(similarity[positive].exp() / denominator)
    return total / views


cases = []
for half, size, tau in ((2, 3, 0.5), (4, 8, 0.1), (5, 2, 1.0)):
    z = torch.randn(2 * half, size, dtype=torch.float64, requires_grad=True)
    loss = nt_xent(z, tau)
    loss.backward()
    cases.append({"tau": tau, "z": z.tolist(), "loss": loss.item(), "gradient": z.grad.tolist()})

sgd = []
for nesterov in (False, True):
    w = torch.linspace(-1, 1, 6).reshape(2, 3).double().requires_grad_()
    optimiser = torch.optim.SGD([w], lr=0.1, momentum=0.9, weight_decay=0.01, nesterov=nesterov)
    states = []
    for _ in range(3):
        optimiser.zero_grad()
        (w * w * w).sum().backward()
        optimiser.step()
        states.append(w.detach().flatten().tolist())
    sgd.append({"nesterov": nesterov, "states": states})

path = pathlib.Path(__file__).with_name("losses.json")
path.write_text(json.dumps({"nt_xent": cases, "sgd": sgd}, indent=1) + "\n")
assert math.isfinite(cases[0]["loss"])
