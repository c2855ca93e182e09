// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace simclr {

/// An 8-bit RGB image: height × width × 3 bytes, rows from top to bottom without padding. A plain value.
class Image {
  public:
    static constexpr int channels = 3;

    Image() = default;
    /// A black image. Sizes are in pixels and positive.
    Image(int width, int height)
        : m_width(width),
          m_height(height),
          m_pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * channels) {}

    int width() const { return m_width; }
    int height() const { return m_height; }
    bool isEmpty() const { return m_pixels.empty(); }
    std::size_t byteCount() const { return m_pixels.size(); }
    int bytesPerRow() const { return m_width * channels; }

    std::uint8_t *data() { return m_pixels.data(); }
    const std::uint8_t *data() const { return m_pixels.data(); }
    std::uint8_t *row(int y) { return m_pixels.data() + static_cast<std::size_t>(y) * rowBytes(); }
    const std::uint8_t *row(int y) const {
        return m_pixels.data() + static_cast<std::size_t>(y) * rowBytes();
    }

    /// Changes the size, reusing the memory if it suffices; the content is then unspecified.
    void resize(int width, int height) {
        m_width = width;
        m_height = height;
        m_pixels.resize(static_cast<std::size_t>(height) * rowBytes());
    }

    bool operator==(const Image &) const = default;

  private:
    std::size_t rowBytes() const { return static_cast<std::size_t>(m_width) * channels; }

    int m_width = 0;
    int m_height = 0;
    std::vector<std::uint8_t> m_pixels;
};

} // namespace simclr
