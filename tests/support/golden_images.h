// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"
#include "tests/support/test_images.h"

namespace simclr::test {

/// An image whose bytes were written in hexadecimal by a generator of golden values.
inline Image imageFromHex(int width, int height, const std::string &hex) {
    const QByteArray bytes = QByteArray::fromHex(QByteArray::fromStdString(hex));
    Image image(width, height);
    if (static_cast<std::size_t>(bytes.size()) != image.byteCount())
        return {};
    std::memcpy(image.data(), bytes.constData(), image.byteCount());
    return image;
}

/// The same from {"width": …, "height": …, "pixels": …}.
inline Image imageFromJson(const Json &json) {
    return imageFromHex(json.at("width").get<int>(), json.at("height").get<int>(),
                        json.at("pixels").get<std::string>());
}

} // namespace simclr::test
