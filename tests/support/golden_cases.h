// SPDX-License-Identifier: GPL-3.0-or-later
// The cases of tests/data/golden/geometry.json: each names its source image and contains its result.
#pragma once

#include "tests/support/golden_images.h"

namespace simclr::test {

inline Json geometryCases() {
    return readJsonFile(SIMCLR_TEST_DATA "/golden/geometry.json");
}

inline Image startImage(const Json &golden, const Json &item) {
    return imageFromJson(golden.at("pictures").at(item.at("picture").get<std::string>()));
}

inline Image resultImage(const Json &item) {
    return imageFromJson(item.at("result"));
}

/// A case without its pixels, for failure messages.
inline QByteArray caseName(Json item) {
    item.erase("result");
    item.erase("torchvision");
    return QByteArray::fromStdString(item.dump());
}

} // namespace simclr::test
