#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes small files as people save weights with PyTorch, and two that nobody should open.

Debian: /usr/bin/python3 make_torch_files.py   (python3-torch); newer.pt is state.pt by PyTorch 2.11:
python make_torch_files.py newer
"""
import collections
import os
import pathlib
import sys

import torch

here = pathlib.Path(__file__).parent
numbers = torch.arange(6, dtype=torch.float32).reshape(2, 3)
long_row = torch.arange(10, dtype=torch.float32)

state = collections.OrderedDict()
state["whole"] = numbers
state["turned"] = numbers.t()  # the same bytes, other strides
state["part"] = long_row[4:8]
state["count"] = torch.tensor(7)
state["half"] = torch.tensor([0.5, -2.0], dtype=torch.float16)
state["brain"] = torch.tensor([0.5, -2.0], dtype=torch.bfloat16)
state["double"] = torch.tensor([1e-300, 0.25], dtype=torch.float64)
state["parameter"] = torch.nn.Parameter(torch.ones(2))
state["empty"] = torch.zeros(0, 3)
state._metadata = collections.OrderedDict({"": {"version": 1}})

if "newer" in sys.argv:
    torch.save(state, here / "newer.pt")
    sys.exit()

torch.save(state, here / "state.pt")
torch.save(state, here / "old.pt", _use_new_zipfile_serialization=False)

layer = torch.nn.Linear(2, 1)
with torch.no_grad():
    layer.weight.copy_(torch.tensor([[1.0, 2.0]]))
    layer.bias.fill_(3)
optimiser = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=0.9)
layer(torch.ones(1, 2)).sum().backward()
optimiser.step()
with torch.no_grad():
    layer.weight.copy_(torch.tensor([[1.0, 2.0]]))
    layer.bias.fill_(3)
torch.save({"epoch": 3, "arch": "linear", "best": 0.5, "state_dict": layer.state_dict(),
            "optimizer": optimiser.state_dict()}, here / "nested.pt")


class Command:
    def __reduce__(self):
        return os.system, ("touch /tmp/simclr-was-here",)


torch.save({"conv1.weight": Command()}, here / "command.pt")
torch.save({"conv1.weight": Command()}, here / "command_old.pt", _use_new_zipfile_serialization=False)
torch.save(layer, here / "whole_module.pt")
torch.save([numbers], here / "list.pt")
torch.jit.save(torch.jit.script(layer), here / "program.pt")
