// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace simclr {

/// The files of the training or the test images of an IDX dataset.
struct IdxPart {
    std::filesystem::path images;
    std::filesystem::path labels; ///< empty if there is none
    bool isTest = false;
};

/// Whether `path` is a file of IDX images by its name, or a folder that contains some where idxParts() looks.
bool looksLikeIdx(const std::filesystem::path &path);

/// The parts at `path`, training first: those of a folder or of `raw`, `MNIST/raw` and `FashionMNIST/raw`
/// below it; or those to which one file of images belongs. Throws InvalidInput if there are none, or files of
/// several datasets.
std::vector<IdxPart> idxParts(const std::filesystem::path &path);

} // namespace simclr
