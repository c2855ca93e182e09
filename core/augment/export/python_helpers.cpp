// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/export/python_helpers.h"

#include "core/augment/export/python_text.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace simclr::python {

namespace {

struct Helper {
    const char *name;
    const char *text;
};

/// Each uses only previous ones.
constexpr std::array helpers{
    Helper{"uniform", R"(
def uniform(low, high):
    """A random number from torch, which seeds every worker of a DataLoader differently."""
    return low + (high - low) * torch.rand(()).item()
)"},
    Helper{"Pixels", R"(
class Pixels:
    """A step made from a function of the image's bytes, height x width x 3. Takes PIL images and tensors of bytes."""

    def __init__(self, function, **arguments):
        self.function = function
        self.arguments = arguments

    def __call__(self, picture):
        if not torch.is_tensor(picture):
            return Image.fromarray(self.function(np.asarray(picture), **self.arguments))
        pixels = self.function(picture.permute(1, 2, 0).cpu().numpy(), **self.arguments)
        return torch.from_numpy(np.array(pixels)).permute(2, 0, 1).to(picture.device)
)"},
    Helper{"quarter_turns", R"(
def quarter_turns(pixels):
    """Rotates counterclockwise by 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, int(torch.randint(1, 4, ()))))
)"},
    Helper{"cutout", R"(
def cutout(pixels, side, fill):
    """Fills a square with a random centre; it may extend beyond the edge."""
    height, width, _ = pixels.shape
    length = int(uniform(*side) * min(height, width) + 0.5)
    left = int(uniform(0, width)) - length // 2
    top = int(uniform(0, height)) - length // 2
    covered = pixels.copy()
    covered[max(top, 0):max(top + length, 0), max(left, 0):max(left + length, 0)] = fill
    return covered
)"},
    Helper{"solarize", R"(
def solarize(pixels, threshold):
    return np.where(pixels >= uniform(*threshold), 255 - pixels, pixels)
)"},
    Helper{"autocontrast", R"(
def autocontrast(pixels, cutoff):
    """Ignores `cutoff` % of the pixels at either end."""
    return np.asarray(ImageOps.autocontrast(Image.fromarray(pixels), cutoff))
)"},
    Helper{"normalize", R"(
def normalize(pixels, deviations, strength, mean=None, std=None):
    """Maps mean - k std ... mean + k std of each channel, by default the image's own, to the range of bytes."""
    mean = pixels.mean((0, 1)) if mean is None else np.multiply(255, mean)
    std = pixels.std((0, 1)) if std is None else np.multiply(255, std)
    normal = np.clip(127.5 + (pixels - mean) * 127.5 / (deviations * np.maximum(std, 1)), 0, 255)
    return (pixels + strength * (normal - pixels) + 0.5).astype(np.uint8)
)"},
    Helper{"gaussian_noise", R"(
def gaussian_noise(pixels, sigma):
    """`sigma` is a fraction of the range of bytes."""
    noise = torch.randn(pixels.shape).numpy() * (255 * uniform(*sigma))
    return np.clip(np.rint(pixels + noise), 0, 255).astype(np.uint8)
)"},
    Helper{"sobel", R"(
def sobel(pixels, strength, grey):
    """Blends the image with its gradient magnitude."""
    levels = np.asarray(Image.fromarray(pixels).convert("L").convert("RGB")) if grey else pixels
    p = np.pad(levels.astype(np.float64), ((1, 1), (1, 1), (0, 0)), mode="edge")
    x = p[:-2, 2:] - p[:-2, :-2] + 2 * (p[1:-1, 2:] - p[1:-1, :-2]) + p[2:, 2:] - p[2:, :-2]
    y = p[2:, :-2] - p[:-2, :-2] + 2 * (p[2:, 1:-1] - p[:-2, 1:-1]) + p[2:, 2:] - p[:-2, 2:]
    steepness = np.minimum(np.rint(np.hypot(x, y)), 255)
    return np.rint(pixels + strength * (steepness - pixels)).astype(np.uint8)
)"},
    Helper{"jpeg", R"(
def jpeg(pixels, lowest, highest):
    """Compresses and decodes, with a quality of lowest ... highest."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=int(torch.randint(lowest, highest + 1, ())))
    return np.asarray(Image.open(file))
)"},
    Helper{"Sharpness", R"(
class Sharpness:
    """Blends with the smoothed image by a random factor."""

    def __init__(self, low, high):
        self.factors = low, high

    def __call__(self, picture):
        return F.adjust_sharpness(picture, uniform(*self.factors))
)"},
    Helper{"MiddleSquare", R"(
class MiddleSquare:
    """Crops the centre square, its side a fraction of the shorter side, and resizes it."""

    def __init__(self, size, share):
        self.size = size
        self.share = share

    def __call__(self, picture):
        _, height, width = F.get_dimensions(picture)
        side = max(1, int(self.share * min(height, width) + 0.5))
        place = (height - side) // 2, (width - side) // 2, side, side
        return F.resized_crop(picture, *place, [self.size, self.size], F.InterpolationMode.BICUBIC)
)"},
    Helper{"AsView", R"(
class AsView:
    """Resizes the centre square to the size of a view unless the image already has this size."""

    def __init__(self, size):
        self.size = size

    def __call__(self, picture):
        _, height, width = F.get_dimensions(picture)
        if height == self.size and width == self.size:
            return picture
        shorter = min(height, width)
        side = shorter if shorter <= self.size else max(self.size, int(0.875 * shorter + 0.5))
        place = (height - side) // 2, (width - side) // 2, side, side
        return F.resized_crop(picture, *place, [self.size, self.size], F.InterpolationMode.BICUBIC)
)"},
    Helper{"SomeOf", R"(
class SomeOf:
    """A random number of the steps, in their order."""

    def __init__(self, steps, fewest, most):
        self.steps = steps
        self.count = fewest, most

    def __call__(self, picture):
        wanted = int(torch.randint(self.count[0], self.count[1] + 1, ()))
        for i in sorted(torch.randperm(len(self.steps))[:wanted].tolist()):
            picture = self.steps[i](picture)
        return picture
)"},
    Helper{"Clamp", R"(
class Clamp(torch.nn.Module):
    """Clips values that bicubic interpolation moved below 0 or above 1."""

    def forward(self, batch):
        return batch.clamp(0, 1)
)"},
    Helper{"Each", R"(
class Each(torch.nn.Module):
    """A step of torchvision, applied to each image of a batch separately, in bytes on the CPU."""

    def __init__(self, step):
        super().__init__()
        self.step = step

    def forward(self, batch):
        pictures = [self.step(picture) for picture in batch.clamp(0, 1).mul(255).round().byte().cpu()]
        return torch.stack(pictures).to(batch.device).float() / 255
)"},
    Helper{"Pictures", R"(
class Pictures(A.ImageOnlyTransform):
    """A step of torchvision for PIL images among those of albumentations."""

    def __init__(self, step, p=1.0):
        super().__init__(p=p)
        self.step = step

    def apply(self, img, **parameters):
        return np.array(self.step(Image.fromarray(img)))
)"},
    Helper{"TwoViews", R"(
class TwoViews:
    """Both views of an image."""

    def __init__(self, first, second):
        self.first = first
        self.second = second

    def __call__(self, picture):
        return self.first(picture), self.second(picture)
)"},
    Helper{"TwoViewsOfBatch", R"(
class TwoViewsOfBatch(torch.nn.Module):
    """Both views of every image of a batch."""

    def __init__(self, first, second):
        super().__init__()
        self.first = first
        self.second = second

    def forward(self, batch):
        return self.first(batch).clamp(0, 1), self.second(batch).clamp(0, 1)
)"},
    Helper{"TwoViewsOfArray", R"(
class TwoViewsOfArray:
    """Both views of an image, as tensors."""

    def __init__(self, first, second):
        self.first = first
        self.second = second

    def __call__(self, picture):
        return self.draw(self.first, picture), self.draw(self.second, picture)

    @staticmethod
    def draw(view, picture):
        pixels = view(image=np.array(picture))["image"]
        return torch.from_numpy(np.ascontiguousarray(pixels)).permute(2, 0, 1).float() / 255
)"},
};

struct Import {
    const char *name;
    const char *line;
};

constexpr std::array imports{
    Import{"io", "import io"},
    Import{"A", "import albumentations as A"},
    Import{"cv2", "import cv2"},
    Import{"K", "import kornia.augmentation as K"},
    Import{"np", "import numpy as np"},
    Import{"torch", "import torch"},
    Import{"Image", "from PIL import Image"},
    Import{"ImageOps", "from PIL import ImageOps"},
    Import{"transforms", "from torchvision import transforms"},
    Import{"v2", "from torchvision.transforms import v2"},
    Import{"F", "from torchvision.transforms import functional as F"},
};

} // namespace

std::string withHelpers(const std::string &code) {
    std::string all = "\n\n" + code;
    for (const Helper &helper : std::views::reverse(helpers))
        if (uses(all, helper.name))
            all = "\n" + std::string(helper.text) + all;
    std::string lines;
    for (const Import &import : imports)
        if (uses(all, import.name))
            lines += std::string(import.line) + "\n";
    return lines + all;
}

} // namespace simclr::python
