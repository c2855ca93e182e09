#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes losses and their gradients computed in float64, term by term as their formulas say, and steps of optimisers:
torch's SGD and AdamW, and LARS written down from the authors' lars_optimizer.py.

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


def other_loss(z, kind, tau, margin, normalise, semi_hard):
    """NT-Logistic and margin triplet (Table 2); with semi-hard mining one negative an anchor, or none."""
    views = z.shape[0]
    half = views // 2
    total = 0.0
    for i in range(views):
        rows = [z[k] / z[k].norm() if normalise else z[k] for k in range(views)]
        similarity = [torch.dot(rows[i], rows[k]) for k in range(views)]
        positive = similarity[(i + half) % views]
        negatives = [similarity[k] for k in range(views) if k not in (i, (i + half) % views)]
        if semi_hard:
            floor = positive.item() - margin if kind == "margin_triplet" else -math.inf
            below = [s for s in negatives if floor < s.item() < positive.item()]
            negatives = [max(below, key=lambda s: s.item())] if below else []
        if kind == "nt_logistic":
            total = total - torch.nn.functional.logsigmoid(positive / tau)
            terms = [-torch.nn.functional.logsigmoid(-s / tau) for s in negatives]
        else:
            terms = [torch.clamp(s - positive + margin, min=0) for s in negatives]
        if terms:
            total = total + sum(terms) / len(terms)
    return total / views


def unnormalised_nt_xent(z, tau):
    views = z.shape[0]
    total = 0.0
    for i in range(views):
        similarity = [torch.dot(z[i], z[k]) / tau for k in range(views)]
        others = torch.stack([similarity[k] for k in range(views) if k != i])
        total = total - similarity[(i + views // 2) % views] + torch.logsumexp(others, 0)
    return total / views


cases = []
for half, size, tau in ((2, 3, 0.5), (4, 8, 0.1), (5, 2, 1.0)):
    z = torch.randn(2 * half, size, dtype=torch.float64, requires_grad=True)
    loss = nt_xent(z, tau)
    loss.backward()
    cases.append({"tau": tau, "z": z.tolist(), "loss": loss.item(), "gradient": z.grad.tolist()})

losses = []
for kind in ("nt_logistic", "margin_triplet"):
    for normalise in (True, False):
        for semi_hard in (False, True):
            z = torch.randn(10, 4, dtype=torch.float64, requires_grad=True)
            loss = other_loss(z, kind, 0.5, 0.8, normalise, semi_hard)
            loss.backward()
            losses.append({"loss": kind, "temperature": 0.5, "margin": 0.8, "normalise": normalise,
                           "semi_hard": semi_hard, "z": z.tolist(), "value": loss.item(),
                           "gradient": z.grad.tolist()})
z = torch.randn(10, 4, dtype=torch.float64, requires_grad=True)
loss = unnormalised_nt_xent(z, 0.5)
loss.backward()
losses.append({"loss": "nt_xent", "temperature": 0.5, "margin": 0.8, "normalise": False, "semi_hard": False,
               "z": z.tolist(), "value": loss.item(), "gradient": z.grad.tolist()})


def lars_step(parameters, velocities, rate, momentum, decay):
    """lars_optimizer.py with classic momentum; `parameters` are (tensor, is_weight)."""
    for i, (w, is_weight) in enumerate(parameters):
        g = w.grad.clone()
        trust = 1.0
        if is_weight:
            g = g + decay * w.detach()
            w_norm, g_norm = w.detach().norm(), g.norm()
            trust = 0.001 * w_norm / g_norm if w_norm > 0 and g_norm > 0 else 1.0
        scaled = rate * trust * g
        velocities[i] = momentum * velocities[i] + scaled
        w.data -= velocities[i]


def start():
    w = torch.linspace(-1, 1, 6).reshape(2, 3).double().requires_grad_()
    b = torch.ones(2).double().requires_grad_()
    return w, b


def gradients(w, b):
    w.grad = b.grad = None
    ((w * w * w).sum() + (b * b).sum()).backward()


optimisers = []
w, b = start()
velocities = [torch.zeros_like(w), torch.zeros_like(b)]
states = []
for _ in range(4):
    gradients(w, b)
    lars_step([(w, True), (b, False)], velocities, 0.1, 0.9, 0.01)
    states.append(w.detach().flatten().tolist() + b.detach().tolist())
optimisers.append({"optimiser": "lars", "nesterov": False, "clip_norm": 0, "states": states})
w, b = start()
adamw = torch.optim.AdamW([{"params": [w], "weight_decay": 0.01}, {"params": [b], "weight_decay": 0}], lr=0.1,
                          betas=(0.9, 0.999), eps=1e-8)
states = []
for _ in range(4):
    gradients(w, b)
    adamw.step()
    states.append(w.detach().flatten().tolist() + b.detach().tolist())
optimisers.append({"optimiser": "adamw", "nesterov": False, "clip_norm": 0, "states": states})
for clip in (0.5, 100):
    w, b = start()
    sgd_clipped = torch.optim.SGD([{"params": [w], "weight_decay": 0.01}, {"params": [b]}], lr=0.1, momentum=0.9)
    states = []
    for _ in range(4):
        gradients(w, b)
        torch.nn.utils.clip_grad_norm_([w, b], clip)
        sgd_clipped.step()
        states.append(w.detach().flatten().tolist() + b.detach().tolist())
    optimisers.append({"optimiser": "sgd", "nesterov": False, "clip_norm": clip, "states": states})

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
path.write_text(json.dumps({"nt_xent": cases, "losses": losses, "sgd": sgd, "optimisers": optimisers}, indent=1) + "\n")
assert math.isfinite(cases[0]["loss"])
