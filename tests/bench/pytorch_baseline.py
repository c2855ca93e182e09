#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""SimCLR as a PyTorch user would write it: what the benchmarks compare with.

usage: pytorch_baseline.py train [STEPS [BATCH]]   images per second of the whole loop
       pytorch_baseline.py augment [SECONDS]       views per second of one thread, PIL transforms
"""
import random
import statistics
import sys
import time

import torch
import torch.nn.functional as F
import torchvision
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

SIDE = 32
IMAGES = 2560


def recipe():
    """SimCLR's CIFAR-10 recipe (App. B.9): strength 0.5, no blur."""
    jitter = transforms.ColorJitter(0.4, 0.4, 0.4, 0.1)
    return [
        transforms.RandomResizedCrop(
            SIDE, scale=(0.08, 1.0), interpolation=transforms.InterpolationMode.BICUBIC
        ),
        transforms.RandomHorizontalFlip(),
        transforms.RandomApply([jitter], p=0.8),
        transforms.RandomGrayscale(p=0.2),
    ]


def pictures(count):
    """Smooth random pictures: noise of 8 x 8 enlarged."""
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
    def __init__(self):
        super().__init__()
        self.encoder = torchvision.models.resnet18()
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
    targets = torch.cat([torch.arange(n, 2 * n), torch.arange(n)])
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
    # The first two steps start the workers and plan; they do not count.
    print(f"images_per_second {statistics.median(speeds[2:] or speeds):.1f}")


def augment(seconds):
    torch.set_num_threads(1)
    images = pictures(1000)
    for name, parts in (("views_per_second", recipe()), ("tensors_per_second", recipe() + [transforms.ToTensor()])):
        transform = transforms.Compose(parts)
        for image in images[:200]:
            transform(image)
        views = 0
        start = time.perf_counter()
        while time.perf_counter() - start < seconds:
            for image in images[:100]:
                transform(image)
            views += 100
        print(f"{name} {views / (time.perf_counter() - start):.0f}")


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[2:]]
    if sys.argv[1:2] == ["train"]:
        train(*(numbers + [12, 128][len(numbers):]))
    elif sys.argv[1:2] == ["augment"]:
        augment(*(numbers or [3]))
    else:
        sys.exit(__doc__)
