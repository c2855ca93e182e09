# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the event files of the folders beside this script, and expected.json with what TensorBoard reads in them.

    pip install tensorboard tensorboardX torch
    python make_event_files.py

torch: PyTorch's SummaryWriter, with options by add_hparams(), a histogram, a text, and a second
       writer that restarts at step 6 (purge_step).
tensorboardx: tensorboardX's SummaryWriter.
tf2: TensorBoard's own writer with scalars as tensors (float, double, half, int32) and hparams, as TensorFlow 2
     writes them.
"""
import json
import pathlib
import shutil

import numpy
from tensorboard.backend.event_processing import event_multiplexer
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2
from tensorboard.plugins.hparams import api_pb2, plugin_data_pb2
from tensorboard.plugins.hparams import summary_v2 as hparams
from tensorboard.plugins.scalar import summary_v2 as scalars
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.util import tensor_util
from tensorboardX import SummaryWriter as TensorboardXWriter
from torch.utils.tensorboard import SummaryWriter as TorchWriter

HERE = pathlib.Path(__file__).parent
START = 1_700_000_000.0


def write_torch():
    writer = TorchWriter(HERE / "torch" / "lr_0.1")
    for step in range(10):
        writer.add_scalar("train/loss", 1 / (step + 1), step, walltime=START + step)
        writer.add_scalar("train/acc", step / 10, step, walltime=START + step + 0.25)
    writer.add_histogram("weights", numpy.arange(20), 3)
    writer.add_text("note", "<b>bold</b>", 3)
    writer.add_hparams({"lr": 0.1, "optimizer": "lars", "cosine": True}, {"final/acc": 0.9}, run_name="1700000010.5")
    writer.close()
    again = TorchWriter(HERE / "torch" / "lr_0.1", purge_step=6, filename_suffix=".again")
    for step in range(6, 8):
        again.add_scalar("train/loss", 10 + step, step, walltime=START + 100 + step)
    again.close()


def write_tensorboardx():
    writer = TensorboardXWriter(str(HERE / "tensorboardx" / "run"))
    for step in range(1, 6):
        writer.add_scalar("loss", float("nan") if step == 3 else 2.0**-step, step, walltime=START + step)
    writer.close()


def event(step, **fields):
    return event_pb2.Event(wall_time=START + step, step=step, **fields)


def tensor(tag, kind, **fields):
    proto = tensor_pb2.TensorProto(dtype=kind, tensor_shape=tensor_shape_pb2.TensorShapeProto(), **fields)
    summary = scalars.scalar_pb(tag, 0.0)
    summary.value[0].tensor.CopyFrom(proto)
    return summary


def write_tf2():
    writer = EventFileWriter(str(HERE / "tf2" / "run"))
    options = {"batch": 256, "name": "tf", "clip": False}
    writer.add_event(event(0, summary=hparams.hparams_pb(options, start_time_secs=START)))
    for step in range(1, 5):
        writer.add_event(event(step, summary=scalars.scalar_pb("loss", 1.5 / step)))
        writer.add_event(event(step, summary=tensor("double", types_pb2.DT_DOUBLE, double_val=[step / 3])))
        writer.add_event(event(step, summary=tensor("half", types_pb2.DT_HALF, half_val=[0x3800 + step])))
        writer.add_event(event(step, summary=tensor("count", types_pb2.DT_INT32, int_val=[-step])))
    end = plugin_data_pb2.SessionEndInfo(status=api_pb2.STATUS_FAILURE, end_time_secs=START + 9)
    content = plugin_data_pb2.HParamsPluginData(session_end_info=end).SerializeToString()
    value = summary_pb2.Summary.Value(tag="_hparams_/session_end_info")
    value.metadata.plugin_data.plugin_name = "hparams"
    value.metadata.plugin_data.content = content
    writer.add_event(event(5, summary=summary_pb2.Summary(value=[value])))
    writer.close()


def scalar_curve(events):
    return [[e.step, e.wall_time, None if e.value != e.value else e.value] for e in events]


def tensor_curve(events):
    values = [tensor_util.make_ndarray(e.tensor_proto) for e in events]
    return [[e.step, e.wall_time, float(v)] for e, v in zip(events, values)]


def read_all():
    multiplexer = event_multiplexer.EventMultiplexer()
    for name in ("torch", "tensorboardx", "tf2"):
        multiplexer.AddRunsFromDirectory(str(HERE / name), name)
    multiplexer.Reload()
    runs = {}
    for run, content in multiplexer.Runs().items():
        runs[run] = {tag: scalar_curve(multiplexer.Scalars(run, tag)) for tag in content["scalars"]}
        for tag in content["tensors"]:
            if multiplexer.SummaryMetadata(run, tag).plugin_data.plugin_name == "scalars":
                runs[run][tag] = tensor_curve(multiplexer.Tensors(run, tag))
    return runs


for folder in ("torch", "tensorboardx", "tf2"):
    shutil.rmtree(HERE / folder, ignore_errors=True)
write_torch()
write_tensorboardx()
write_tf2()
(HERE / "expected.json").write_text(json.dumps(read_all()) + "\n")
