#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes checkpoints that hold something besides weights, one a kind of object, into objects/, and the same
weights as versions of PyTorch before 0.4 and before 0.1.10 wrote them. torch.load() must read the old ones back.

Debian: /usr/bin/python3 make_object_files.py   (python3-torch, python3-numpy)
"""
import argparse
import collections
import copyreg
import datetime
import decimal
import enum
import fractions
import functools
import io
import pathlib
import pickle
import random
import struct
import tarfile
import types
import uuid

import numpy
import torch

here = pathlib.Path(__file__).parent
(here / "objects").mkdir(exist_ok=True)

weights = collections.OrderedDict()
weights["weight"] = torch.tensor([[1.0, 2.0]])
weights["bias"] = torch.tensor([3.0])


class Stage(enum.Enum):
    WARM = 1


class Colour(enum.IntFlag):
    RED = 1


class Settings(dict):
    """As EasyDict and AttrDict: a dict with attributes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self


class Ordered(collections.OrderedDict):
    pass


class Row(list):
    pass


Pair = collections.namedtuple("Pair", "first second")


class Slots:
    __slots__ = ("a",)

    def __init__(self):
        self.a = 1


class WithNew:
    def __new__(cls, *, name):
        made = super().__new__(cls)
        made.name = name
        return made

    def __getnewargs_ex__(self):
        return (), {"name": self.name}


class Registered:
    pass


class Node:
    """As the containers of omegaconf: parents and children name one another."""

    def __init__(self):
        self.__dict__["_metadata"] = {"ref_type": dict, "object_type": None}
        self.__dict__["_content"] = {"lr": 0.1}
        self.__dict__["_parent"] = self

    def __getstate__(self):
        return dict(self.__dict__)

    def __setstate__(self, state):
        self.__dict__.update(state)


def trained():
    return None


generator = numpy.random.default_rng(3)
layer = torch.nn.Linear(2, 1)
with_attribute = torch.tensor([7.0])
with_attribute.note = "kept with the tensor"

objects = {
    "namespace": argparse.Namespace(lr=0.5, layers=[1, 2]),
    "simple_namespace": types.SimpleNamespace(lr=0.5),
    "numpy_scalar": numpy.float64(0.75),
    "numpy_array": numpy.arange(6.0).reshape(2, 3),
    "numpy_objects": numpy.array([{"a": 1}, None], dtype=object),
    "numpy_dtype": numpy.dtype("float32"),
    "numpy_generator": generator.bit_generator.state,
    "torch_size": torch.Size([2, 3]),
    "torch_dtype": torch.float32,
    "torch_device": torch.device("cuda:0"),
    "torch_generator": torch.get_rng_state(),
    "set": {"a", "b"},
    "frozenset": frozenset({1, 2}),
    "defaultdict": collections.defaultdict(list, {"a": [1]}),
    "counter": collections.Counter("aab"),
    "deque": collections.deque([1, 2], maxlen=5),
    "path": pathlib.PosixPath("/data/images"),
    "datetime": datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc),
    "timedelta": datetime.timedelta(seconds=5),
    "enum": Stage.WARM,
    "flag": Colour.RED,
    "partial": functools.partial(int, base=2),
    "function": trained,
    "builtin": len,
    "class": Slots,
    "slots": Slots(),
    "with_new": WithNew(name="x"),
    "namedtuple": Pair(1, [2]),
    "config": Node(),
    "dict_subclass": Settings(lr=0.1, nested=Settings(a=1)),
    "ordered_subclass": Ordered(lr=0.1),
    "list_subclass": Row([1, 2]),
    "decimal": decimal.Decimal("0.1"),
    "fraction": fractions.Fraction(1, 3),
    "uuid": uuid.UUID(int=5),
    "complex": 1 + 2j,
    "bytes": b"\x00\x01" * 200,
    "bytearray": bytearray(b"\x00\x01"),
    "long": 2**200,
    "negative": -(2**62),
    "range": range(3),
    "slice": slice(1, 2),
    "ellipsis": ...,
    "random_state": random.getstate(),
    "module": layer,
    "optimiser": torch.optim.AdamW(layer.parameters()),
    "scheduler": torch.optim.lr_scheduler.StepLR(torch.optim.SGD(layer.parameters(), lr=0.1), 3),
    "complex_tensor": torch.tensor([1 + 2j]),
    "sparse_tensor": torch.eye(2).to_sparse(),
    "quantised_tensor": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
    "text": "ü" * 300,
}
for name, value in objects.items():
    torch.save({"before": value, "state_dict": weights, "after": [value, (value,)], "twice": value},
               here / "objects" / f"{name}.pt")

torch.save({"state_dict": Ordered(weights)}, here / "objects/weights_in_ordered_subclass.pt")
torch.save({"state_dict": Settings(weights)}, here / "objects/weights_in_dict_subclass.pt")
torch.save({"state_dict": collections.defaultdict(list, weights)}, here / "objects/weights_in_defaultdict.pt")
torch.save(Ordered(state_dict=weights), here / "objects/root_of_ordered_subclass.pt")
torch.save({"state_dict": {**weights, "extra": with_attribute}}, here / "objects/tensor_with_attribute.pt")
for protocol in (2, 3, 4, 5):
    both = {"settings": objects["namespace"], "set": objects["set"], "state_dict": weights}
    torch.save(both, here / f"objects/protocol{protocol}.pt", pickle_protocol=protocol)
    torch.save(both, here / f"objects/protocol{protocol}_old.pt", pickle_protocol=protocol,
               _use_new_zipfile_serialization=False)

copyreg.add_extension("__main__", "Registered", 240)
torch.save({"state_dict": weights, "registered": Registered()}, here / "extension.pt")


class Storage:
    """What a pickle of PyTorch before 0.4 says of a storage; `part` is (key, begin, length)."""

    def __init__(self, key, values, part=None):
        self.key, self.values, self.part = key, values, part


class Rebuilt:
    def __init__(self, storage, offset, sizes, strides):
        self.arguments = (storage, offset, sizes, strides)

    def __reduce__(self):
        return torch._utils._rebuild_tensor, self.arguments


class OldPickler(pickle.Pickler):
    def persistent_id(self, item):
        if isinstance(item, Storage):
            return "storage", torch.FloatStorage, item.key, "cpu", len(item.values), item.part
        return None


def dumped(value):
    stream = io.BytesIO()
    OldPickler(stream, protocol=2).dump(value)
    return stream.getvalue()


first = Storage("94000000", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
part = Storage("94000000", first.values, ("94000001", 2, 4))
old = collections.OrderedDict()
old["whole"] = Rebuilt(first, 0, (2, 3), (3, 1))
old["turned"] = Rebuilt(first, 0, (3, 2), (1, 3))
old["part"] = Rebuilt(part, 1, (2,), (1,))
with open(here / "torch03.pt", "wb") as file:
    for value in (0x1950a86a20f9469cfc6c, 1001,
                  {"protocol_version": 1001, "little_endian": True,
                   "type_sizes": {"short": 2, "int": 4, "long": 4}}):
        pickle.dump(value, file, protocol=2)
    file.write(dumped(old))
    pickle.dump(["94000000"], file, protocol=2)
    file.write(struct.pack("<q6f", 6, *first.values))
read = torch.load(here / "torch03.pt")
assert read["whole"].tolist() == [[1, 2, 3], [4, 5, 6]] and read["part"].tolist() == [4, 5]


class Numbered:
    def __init__(self, key):
        self.key = key


class TarPickler(pickle.Pickler):
    def persistent_id(self, item):
        return str(item.key) if isinstance(item, Numbered) else None


class OldParameter:
    def __init__(self, data):
        self.data = data

    def __reduce__(self):
        return torch.nn.parameter.Parameter, (self.data,)


def member(archive, name, content):
    information = tarfile.TarInfo(name)
    information.size = len(content)
    archive.addfile(information, io.BytesIO(content))


def plain(value):
    return pickle.dumps(value, protocol=2)


stream = io.BytesIO()
TarPickler(stream, protocol=2).dump(collections.OrderedDict(
    whole=Numbered(11), turned=Numbered(12), part=OldParameter(Numbered(13))))
storages = (plain(1) + plain((1, "cpu", torch.FloatStorage)) + struct.pack("<q6f", 6, *first.values)
            + plain([(2, 1, 2, 4)]))
tensors = plain(3)
for key, storage, sizes, strides, offset in ((11, 1, (2, 3), (3, 1), 0), (12, 1, (3, 2), (1, 3), 0),
                                             (13, 2, (2,), (1,), 1)):
    tensors += plain((key, storage, torch.FloatTensor)) + struct.pack("<ii", len(sizes), 0)
    tensors += struct.pack(f"<{len(sizes)}q", *sizes) + struct.pack(f"<{len(sizes)}q", *strides)
    tensors += struct.pack("<q", offset)
with tarfile.open(here / "torch01.pt", "w", format=tarfile.PAX_FORMAT) as archive:
    member(archive, "sys_info", plain({"protocol_version": 1000, "little_endian": True,
                                       "type_sizes": {"short": 2, "int": 4, "long": 8}}))
    member(archive, "pickle", stream.getvalue())
    member(archive, "tensors", tensors)
    member(archive, "storages", storages)
read = torch.load(here / "torch01.pt")
assert read["whole"].tolist() == [[1, 2, 3], [4, 5, 6]] and read["turned"].tolist() == [[1, 4], [2, 5], [3, 6]]
assert read["part"].tolist() == [4, 5] or read["part"].tolist() == [2, 3], read["part"]
print(read)
