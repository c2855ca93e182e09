# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs exported pipelines and prints statistics of their views, one line of JSON each.

python3 check_pipeline_exports.py FOLDER TARGET

FOLDER/cases.json lists {"name", "module", "picture", "views"}; the images and modules are beside it. A view becomes
the numbers of measure(). The exit status is 77 if the target's library is not installed or too old.
"""

import importlib
import json
import os
import random
import sys
import traceback

NOT_INSTALLED = 77
NEEDED = {
    "torchvision": ("torchvision", 0, 12),
    "torchvision-v2": ("torchvision", 0, 20),
    "kornia": ("kornia", 0, 7),
    "albumentations": ("albumentations", 2, 0),
}


def require(target):
    name, major, minor = NEEDED[target]
    try:
        for needed in ("torchvision", name):
            library = importlib.import_module(needed)
    except ImportError as error:
        print(f"{target}: {error}", file=sys.stderr)
        sys.exit(NOT_INSTALLED)
    if tuple(int(part) for part in library.__version__.split(".")[:2]) < (major, minor):
        print(f"{target}: {name} is {library.__version__}, but {major}.{minor} is needed", file=sys.stderr)
        sys.exit(NOT_INSTALLED)


def measure(view, side):
    """Mean and deviation of each channel, right minus left and lower minus upper half, and differences of neighbours."""
    if tuple(view.shape) != (3, side, side) or str(view.dtype) != "torch.float32":
        raise ValueError(f"a view is {tuple(view.shape)}, {view.dtype}")
    levels = view.cpu().double().numpy() * 255
    if not (levels.min() >= 0 and levels.max() <= 255.001):
        raise ValueError(f"levels from {levels.min()} to {levels.max()}")
    half = side // 2
    green = levels[1]
    return (
        [channel.mean() for channel in levels]
        + [channel.std() for channel in levels]
        + [
            green[:, half:].mean() - green[:, :half].mean(),
            green[half:].mean() - green[:half].mean(),
            abs(green[:, 1:] - green[:, :-1]).mean(),
            abs(green[1:] - green[:-1]).mean(),
        ]
    )


def pairs(program, picture, count, target, code):
    """`count` times both views of the image."""
    import numpy
    import torch

    if target != "kornia":
        for _ in range(count):
            yield program.two_views(picture)
        return
    # kornia samples the order of a jitter once per batch
    size = 1 if "ColorJitter" in code else 4
    tensor = torch.from_numpy(numpy.array(picture)).permute(2, 0, 1).float() / 255
    for start in range(0, count, size):
        yield from zip(*program.two_views(tensor.repeat(min(size, count - start), 1, 1, 1)))


def run(case, number, folder, target):
    import numpy
    import torch
    from PIL import Image

    # a different one for each case, so that no random number is shared
    seed = 1000 + number
    torch.manual_seed(seed)
    random.seed(seed)
    numpy.random.seed(seed)
    program = importlib.import_module(case["module"])
    if target == "albumentations":
        for offset, view in enumerate((program.two_views.first, program.two_views.second)):
            view.set_random_seed(seed + 5000 * offset)
    picture = Image.open(os.path.join(folder, case["picture"])).convert("RGB")
    with open(program.__file__, encoding="ascii") as file:
        code = file.read()
    views = [[], []]
    for pair in pairs(program, picture, case["views"], target, code):
        for branch, view in zip(views, pair):
            branch.append(measure(view, case["side"]))
    return {"name": case["name"], "views": views}


def main():
    folder, target = sys.argv[1:]
    require(target)
    import torch

    torch.set_num_threads(1)
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    with open(os.path.join(folder, "cases.json"), encoding="utf-8") as file:
        cases = json.load(file)
    for number, case in enumerate(cases):
        try:
            result = run(case, number, folder, target)
        except Exception:  # any exception of the program is a test result
            result = {"name": case["name"], "error": traceback.format_exc(limit=-3)}
        print(json.dumps(result), flush=True)


main()
