#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what "simclr export-events" wrote with TensorBoard's own reader.

usage: check_event_files.py FOLDER

Prints JSON: for each run, its scalars (tag: list of [step, wall time, value]), its hparams and the status of its
session. Exit status 77 where tensorboard is not installed.
"""
import json
import sys

try:
    from tensorboard.backend.event_processing import event_multiplexer
    from tensorboard.plugins.hparams import metadata
except ImportError as missing:
    print(missing)
    sys.exit(77)


def hparams_of(accumulator):
    content = accumulator.summary_metadata
    start = metadata.parse_session_start_info_plugin_data(
        content["_hparams_/session_start_info"].plugin_data.content)
    end = metadata.parse_session_end_info_plugin_data(content["_hparams_/session_end_info"].plugin_data.content)
    values = {name: getattr(value, value.WhichOneof("kind")) for name, value in start.hparams.items()}
    return {"hparams": values, "status": end.status}


multiplexer = event_multiplexer.EventMultiplexer()
multiplexer.AddRunsFromDirectory(sys.argv[1])
multiplexer.Reload()
runs = {}
for run in multiplexer.Runs():
    accumulator = multiplexer.GetAccumulator(run)
    scalars = {tag: [[e.step, e.wall_time, e.value] for e in accumulator.Scalars(tag)]
               for tag in accumulator.Tags()["scalars"]}
    runs[run] = {"scalars": scalars, **hparams_of(accumulator)}
print(json.dumps(runs))
