// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <filesystem>
#include <string>

namespace simclr::test {

/// A file or folder that tests/data/datasets/make_datasets.py wrote.
inline std::filesystem::path generatedDataset(const std::string &name) {
    return dataFile("datasets") / name;
}

/// Image n of make_datasets.py.
inline Image generatedImage(int n, int side, int channels) {
    Image image(side, side);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const auto value = [&](int c) {
                return (31 * n + 50 * (channels == 1 ? 0 : c) + 7 * y + 3 * x) % 256;
            };
            setPixel(image, x, y, {value(0), value(1), value(2)});
        }
    return image;
}

/// Copies a generated folder, to change it.
inline std::filesystem::path copyOfGenerated(const std::string &name, const std::filesystem::path &to) {
    std::filesystem::create_directories(to);
    std::filesystem::copy(generatedDataset(name), to, std::filesystem::copy_options::recursive);
    return to;
}

/// The message of opening `source`; "nothing thrown" if it is opened.
inline std::string refusalOf(const std::string &source) {
    return thrownMessage<InvalidInput>([&] { openDataset(source); });
}

/// Options with which nothing is kept in memory.
inline OpenOptions withoutMemory() {
    OpenOptions options;
    options.memoryBudget = 0;
    return options;
}

/// Whether both have the same images with the same classes, parts and order.
inline bool haveSameSamples(const Dataset &a, const Dataset &b) {
    if (a.size() != b.size() || a.report().classNames != b.report().classNames)
        return false;
    for (std::uint32_t sample = 0; sample < a.size(); ++sample)
        if (a.label(sample) != b.label(sample) || a.isTestSample(sample) != b.isTestSample(sample) ||
            !(a.image(sample) == b.image(sample)))
            return false;
    return true;
}

} // namespace simclr::test
