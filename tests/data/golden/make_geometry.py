#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes small pictures and what torchvision (PIL backend), PIL and formulas make of them: rotations, affine moves,
perspective, resizing, Sobel's filter and JPEG. Pictures are hexadecimal RGB bytes, row by row.

Debian: /usr/bin/python3 make_geometry.py   (python3-torchvision, python3-pil)
"""
import io
import json
import pathlib

import numpy as np
import torch
import torchvision.transforms.functional as F
from PIL import Image
from torchvision.transforms import InterpolationMode

WIDTH, HEIGHT = 24, 17
FILL = (128, 128, 128)
MODES = {"nearest": InterpolationMode.NEAREST, "bilinear": InterpolationMode.BILINEAR}


def pictures():
    noise = np.random.RandomState(0).randint(0, 256, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    smooth = np.stack([x * 255 // (WIDTH - 1), y * 255 // (HEIGHT - 1), 255 - (x + y) * 6], axis=2).astype(np.uint8)
    smooth[5:9, 6:15] = (250, 240, 20)
    return {"noise": Image.fromarray(noise), "smooth": Image.fromarray(smooth)}


def packed(picture):
    array = np.asarray(picture)
    return {"width": array.shape[1], "height": array.shape[0], "pixels": array.astype(np.uint8).tobytes().hex()}


def rotations(named):
    return [{"picture": name, "angle": angle, "interpolation": mode,
             "result": packed(F.rotate(picture, angle, MODES[mode], fill=FILL))}
            for name, picture in named.items() for angle in (15, -37.5, 90, 180)
            for mode in (MODES if angle == 15 else ("bilinear",))]


def affine_moves(named):
    moves = [(0, [3, -2], 1, [0, 0]), (0, [0, 0], 0.6, [0, 0]), (0, [0, 0], 1, [25, 0]), (0, [0, 0], 1, [0, -20]),
             (40, [-2, 1], 1.5, [-12, 8])]
    cases = []
    for name, picture in named.items():
        for angle, shift, scale, shear in moves:
            for mode in MODES if angle else ("bilinear",):
                result = F.affine(picture, angle, shift, scale, shear, MODES[mode], fill=FILL)
                cases.append({"picture": name, "angle": angle, "shift": shift, "scale": scale, "shear": shear,
                              "interpolation": mode, "result": packed(result)})
    return cases


def coefficients(corners):
    """What torchvision's _get_perspective_coeffs solves in single precision, in double."""
    starts = [(0, 0), (WIDTH - 1, 0), (WIDTH - 1, HEIGHT - 1), (0, HEIGHT - 1)]
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, starts):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.linalg.solve(np.array(rows, float), np.array(right, float)).tolist()


def perspectives(named):
    quads = [[(2, 3), (21, 0), (23, 15), (1, 16)], [(6, 4), (17, 4), (20, 16), (0, 16)],
             [(5, 0), (23, 4), (18, 12), (1, 13)], [(10, 7), (23, 0), (23, 16), (0, 16)]]
    cases = []
    for name, picture in named.items():
        for corners in quads:
            result = picture.transform(picture.size, Image.Transform.PERSPECTIVE, coefficients(corners),
                                       Image.Resampling.BILINEAR, fillcolor=FILL)
            starts = [[0, 0], [WIDTH - 1, 0], [WIDTH - 1, HEIGHT - 1], [0, HEIGHT - 1]]
            single = F.perspective(picture, starts, [list(c) for c in corners], MODES["bilinear"], fill=FILL)
            cases.append({"picture": name, "corners": corners, "result": packed(result)})
            if name == "smooth":
                cases[-1]["torchvision"] = packed(single)
    return cases


def resized(array, side):
    """Bicubic with a = -0.75 and no antialiasing, as torch has it for tensors."""
    tensor = torch.from_numpy(array.copy()).permute(2, 0, 1).float()
    result = F.resize(tensor, [side, side], InterpolationMode.BICUBIC)
    return packed(result.round().clamp(0, 255).permute(1, 2, 0).numpy())


def middle(array, side):
    top, left = (HEIGHT - side) // 2, (WIDTH - side) // 2
    return array[top:top + side, left:left + side]


def sizes(named):
    cases = []
    for name, picture in named.items():
        array = np.asarray(picture)
        for side in (13, 20):
            cases += [{"picture": name, "side": side, "operation": "resize", "shape": "squeeze",
                       "result": resized(array, side)},
                      {"picture": name, "side": side, "operation": "resize", "shape": "crop",
                       "result": resized(middle(array, HEIGHT), side)},
                      {"picture": name, "side": side, "operation": "center_crop", "share": 0.8,
                       "result": resized(middle(array, 14), side)}]
    return cases


def magnitude(levels):
    padded = np.pad(levels.astype(float), ((1, 1), (1, 1)), mode="edge")
    part = lambda dy, dx: padded[1 + dy:1 + dy + levels.shape[0], 1 + dx:1 + dx + levels.shape[1]]
    across = sum(w * (part(d, 1) - part(d, -1)) for d, w in ((-1, 1), (0, 2), (1, 1)))
    down = sum(w * (part(1, d) - part(-1, d)) for d, w in ((-1, 1), (0, 2), (1, 1)))
    return np.clip(np.floor(np.hypot(across, down) + 0.5), 0, 255)


def sobels(named):
    cases = []
    for name, picture in named.items():
        grey = magnitude(np.asarray(picture.convert("L")))
        array = np.asarray(picture)
        cases += [{"picture": name, "of": "grey", "result": packed(np.stack([grey] * 3, axis=2))},
                  {"picture": name, "of": "channels",
                   "result": packed(np.stack([magnitude(array[:, :, c]) for c in range(3)], axis=2))}]
    return cases


def jpegs(named):
    cases = []
    for name, picture in named.items():
        for quality in (1, 75, 100):
            memory = io.BytesIO()
            picture.save(memory, "JPEG", quality=quality)
            cases.append({"picture": name, "quality": quality, "result": packed(Image.open(memory).convert("RGB"))})
    return cases


named = pictures()
golden = {"pictures": {name: packed(picture) for name, picture in named.items()}, "rotation": rotations(named),
          "affine": affine_moves(named), "perspective": perspectives(named), "size": sizes(named),
          "sobel": sobels(named), "jpeg": jpegs(named)}
path = pathlib.Path(__file__).with_name("geometry.json")
path.write_text(json.dumps(golden, indent=1) + "\n")
