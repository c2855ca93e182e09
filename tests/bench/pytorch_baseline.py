#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""SimCLR as a PyTorch user would write it: what the benchmarks compare with.

usage: pytorch_baseline.py train [STEPS [BATCH]]     images per second of the whole loop
       pytorch_baseline.py gpu [ENCODER [SIDE [BATCH [STEPS]]]]
                                                     images per second of AMP in bf16, channels-last,
                                                     cudnn.benchmark; views are already on the GPU
       pytorch_baseline.py cifar FOLDER [SECONDS]    views per second of one thread, CIFAR recipe at 32 px
       pytorch_baseline.py imagenet FOLDER [SECONDS] views per second of one thread, full recipe at 224 px
       pytorch_baseline.py jpeg FOLDER [SECONDS]     images per second of a DataLoader: decoded and rendered twice

FOLDER contains the images written by "bench_augment pictures FOLDER". All views are rendered by torchvision's
transforms from PIL images; the blur is PIL's own, as in MoCo v2's recipe, because torchvision's takes longer.
"""
import os
import random
import statistics
import sys
import time

import torch
import torch.nn.functional as F
import torchvision
from PIL import Image, ImageFilter
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

SIDE = 32
IMAGES = 2560


def recipe(side=SIDE, strength=0.5):
    """SimCLR's recipe without blur: strength 0.5 on CIFAR-10 (App. B.9), 1 on ImageNet (App. A)."""
    jitter = transforms.ColorJitter(0.8 * strength, 0.8 * strength, 0.8 * strength, 0.2 * strength)
    return [
        transforms.RandomResizedCrop(
            side, scale=(0.08, 1.0), interpolation=transforms.InterpolationMode.BICUBIC
        ),
        transforms.RandomHorizontalFlip(),
        transforms.RandomApply([jitter], p=0.8),
        transforms.RandomGrayscale(p=0.2),
    ]


class GaussianBlur:
    def __call__(self, image):
        return image.filter(ImageFilter.GaussianBlur(radius=random.uniform(0.1, 2.0)))


def full_recipe():
    return recipe(224, 1.0) + [transforms.RandomApply([GaussianBlur()], p=0.5)]


def pictures(count):
    """Smooth random images: enlarged 8 x 8 noise."""
    generator = random.Random(1)
    return [
        Image.frombytes("RGB", (8, 8), generator.randbytes(192)).resize((SIDE, SIDE), Image.BICUBIC)
        for _ in range(count)
    ]


class TwoViews(Dataset):
    def __init__(self):
        self.images = pictures(IMAGES)
        self.transform = transforms.Compose(recipe() + [transforms.ToTensor()])

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image = self.images[index]
        return self.transform(image), self.transform(image)


class SimCLR(nn.Module):
    def __init__(self, encoder="resnet18", side=SIDE):
        super().__init__()
        self.encoder = getattr(torchvision.models, encoder)()
        if side <= 64:
            self.encoder.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
            self.encoder.maxpool = nn.Identity()
        features = self.encoder.fc.in_features
        self.encoder.fc = nn.Identity()
        self.head = nn.Sequential(nn.Linear(features, features), nn.ReLU(), nn.Linear(features, 128))

    def forward(self, views):
        return self.head(self.encoder(views))


def nt_xent(first, second, temperature=0.5):
    z = F.normalize(torch.cat([first, second]), dim=1)
    similarity = z @ z.T / temperature
    similarity.fill_diagonal_(float("-inf"))
    n = len(first)
    targets = torch.arange(2 * n, device=z.device).roll(n)
    return F.cross_entropy(similarity, targets)


def train(steps, batch):
    torch.set_num_threads(2)
    loader = DataLoader(TwoViews(), batch_size=batch, shuffle=True, drop_last=True, num_workers=2)
    model = SimCLR()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.12, momentum=0.9, weight_decay=1e-4)
    speeds = []
    last = time.perf_counter()
    while len(speeds) < steps:
        for first, second in loader:
            z = model(torch.cat([first, second]))
            loss = nt_xent(*z.chunk(2))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            loss.item()
            now = time.perf_counter()
            speeds.append(batch / (now - last))
            last = now
            if len(speeds) >= steps:
                break
    # The first two steps start the workers and plan; they are not counted.
    print(f"images_per_second {statistics.median(speeds[2:] or speeds):.1f}")


def gpu(encoder, side, batch, steps):
    torch.backends.cudnn.benchmark = True
    model = SimCLR(encoder, side).cuda().to(memory_format=torch.channels_last)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.12, momentum=0.9, weight_decay=1e-4, foreach=True)
    views = torch.rand(2 * batch, 3, side, side, device="cuda").to(memory_format=torch.channels_last)

    def step():
        with torch.autocast("cuda", torch.bfloat16):
            z = model(views)
        loss = nt_xent(*z.float().chunk(2))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()

    for _ in range(5):  # plans and allocates
        step()
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    torch.cuda.synchronize()
    print(f"images_per_second {steps * batch / (time.perf_counter() - start):.1f}")


def files(folder):
    photos = os.path.join(folder, "photos")
    return [os.path.join(photos, name) for name in sorted(os.listdir(photos))]


def load(file):
    """As torchvision's ImageFolder reads."""
    with open(file, "rb") as opened:
        return Image.open(opened).convert("RGB")


def views_per_second(images, parts, seconds):
    torch.set_num_threads(1)
    transform = transforms.Compose(parts)
    for image in images[:50]:
        transform(image)
    views = 0
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        for image in images[:20]:
            transform(image)
        views += 20
    print(f"views_per_second {views / (time.perf_counter() - start):.1f}")


def cifar(folder, seconds):
    squares = [transforms.functional.center_crop(load(file), 375) for file in files(folder)]
    views_per_second([square.resize((SIDE, SIDE), Image.BICUBIC) for square in squares], recipe(), seconds)


def imagenet(folder, seconds):
    views_per_second([load(file) for file in files(folder)[:100]], full_recipe(), seconds)


class TwoViewsOfFiles(Dataset):
    def __init__(self, folder):
        self.files = files(folder)
        self.transform = transforms.Compose(full_recipe() + [transforms.ToTensor()])

    def __len__(self):
        return 1_000_000

    def __getitem__(self, index):
        image = load(self.files[index % len(self.files)])
        return self.transform(image), self.transform(image)


def jpeg(folder, seconds):
    batch = 32
    loader = iter(DataLoader(TwoViewsOfFiles(folder), batch_size=batch, num_workers=os.cpu_count()))
    # The first batches wait for the workers' start, and the next ones were rendered during that time.
    for _ in range(2 * os.cpu_count() + 2):
        next(loader)
    images = 0
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        next(loader)
        images += batch
    print(f"images_per_second {images / (time.perf_counter() - start):.1f}")


if __name__ == "__main__":
    measured = {"cifar": cifar, "imagenet": imagenet, "jpeg": jpeg}
    if sys.argv[1:2] == ["train"]:
        numbers = [int(text) for text in sys.argv[2:]]
        train(*(numbers + [12, 128][len(numbers):]))
    elif sys.argv[1:2] == ["gpu"]:
        given = sys.argv[2:3] + [int(text) for text in sys.argv[3:]]
        gpu(*(given + ["resnet18", 32, 512, 100][len(given):]))
    elif len(sys.argv) > 2 and sys.argv[1] in measured:
        measured[sys.argv[1]](sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 3.0)
    else:
        sys.exit(__doc__)
