// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/warp.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace simclr {

namespace {

constexpr int fractionBits = 24; ///< of a source coordinate, in pixels
constexpr int weightBits = 11;   ///< of an interpolation weight: two of them and a level fit into 32 bits
constexpr std::int64_t onePixel = std::int64_t{1} << fractionBits;

/// A source coordinate in units of 1/onePixel; the top left corner is (0, 0).
struct Place {
    std::int64_t x;
    std::int64_t y;
};

constexpr Place outside{-1, -1};

struct Bounds {
    std::uint64_t width;
    std::uint64_t height;

    Bounds(int columns, int rows)
        : width(static_cast<std::uint64_t>(columns * onePixel)),
          height(static_cast<std::uint64_t>(rows * onePixel)) {}

    bool hold(const Place &place) const {
        return static_cast<std::uint64_t>(place.x) < width && static_cast<std::uint64_t>(place.y) < height;
    }
};

/// The nearest multiple of 2^-bits, ties upwards, as a number of units of 1/onePixel.
std::int64_t fixedPoint(double number, double limit, int bits) {
    const double grid = std::ldexp(1.0, bits);
    const double units = std::floor(std::clamp(number, -limit, limit) * grid + 0.5);
    return static_cast<std::int64_t>(units) * (std::int64_t{1} << (fractionBits - bits));
}

/// Along a row of the target without perspective: integer steps.
class AffineWalk {
  public:
    AffineWalk(const Projection &p, const Image &source, Interpolation interpolation) {
        // PIL steps by 2^-16 for nearest-neighbour sampling; the same step selects the same pixels.
        const int bits = interpolation == Interpolation::Nearest ? 16 : fractionBits;
        // So that no sum of a start and the steps of a whole image overflows.
        constexpr double farthest = 0x1p37;
        const double steepest = farthest / std::max(source.width(), source.height());
        m_start = {fixedPoint(p.c + p.a * 0.5 + p.b * 0.5, farthest, bits),
                   fixedPoint(p.f + p.d * 0.5 + p.e * 0.5, farthest, bits)};
        m_right = {fixedPoint(p.a, steepest, bits), fixedPoint(p.d, steepest, bits)};
        m_down = {fixedPoint(p.b, steepest, bits), fixedPoint(p.e, steepest, bits)};
    }

    void startRow(int y) { m_at = {m_start.x + y * m_down.x, m_start.y + y * m_down.y}; }
    Place next() {
        const Place place = m_at;
        m_at = {place.x + m_right.x, place.y + m_right.y};
        return place;
    }

  private:
    Place m_start;
    Place m_right;
    Place m_down;
    Place m_at{};
};

/// Along a row of the target with perspective: one division per pixel.
class PerspectiveWalk {
  public:
    PerspectiveWalk(const Projection &p, const Image &source)
        : m_projection(p), m_width(source.width()), m_height(source.height()) {}

    void startRow(int y) {
        const double middle = y + 0.5;
        m_middle = 0.5;
        m_x = m_projection.b * middle + m_projection.c;
        m_y = m_projection.e * middle + m_projection.f;
        m_w = m_projection.h * middle + 1;
    }

    Place next() {
        const double w = m_projection.g * m_middle + m_w;
        const double x = (m_projection.a * m_middle + m_x) / w;
        const double y = (m_projection.d * m_middle + m_y) / w;
        m_middle += 1;
        // Written so that NaN, which occurs on the horizon, is outside too.
        if (!(x >= 0 && x < m_width && y >= 0 && y < m_height))
            return outside;
        return {static_cast<std::int64_t>(x * onePixel), static_cast<std::int64_t>(y * onePixel)};
    }

  private:
    Projection m_projection;
    double m_width;
    double m_height;
    double m_middle = 0;
    double m_x = 0;
    double m_y = 0;
    double m_w = 0;
};

void copyPixel(const std::uint8_t *from, std::uint8_t *to) {
    std::copy_n(from, Image::channels, to);
}

/// The fields of the source, by value: through a reference they would be reloaded after each written byte.
struct Pixels {
    const std::uint8_t *data;
    std::int64_t bytesPerRow;
    int width;
    int height;

    explicit Pixels(const Image &image)
        : data(image.data()),
          bytesPerRow(image.bytesPerRow()),
          width(image.width()),
          height(image.height()) {}

    const std::uint8_t *row(std::int64_t y) const { return data + y * bytesPerRow; }
};

struct NearestPixel {
    Pixels source;

    void draw(const Place &place, std::uint8_t *target) const {
        copyPixel(source.row(place.y >> fractionBits) + (place.x >> fractionBits) * Image::channels, target);
    }
};

/// The two pixels around a coordinate, clamped to the outermost ones, and the weight of the second.
struct Neighbours {
    std::int64_t first;
    std::int64_t second;
    unsigned weight;

    Neighbours(std::int64_t at, int size) {
        constexpr int bits = fractionBits - weightBits;
        const std::int64_t fromMiddle = (at - onePixel / 2 + (1 << (bits - 1))) >> bits;
        const std::int64_t before = fromMiddle >> weightBits;
        weight = static_cast<unsigned>(fromMiddle & ((1 << weightBits) - 1));
        first = std::max(before, std::int64_t{0});
        second = std::min(before + 1, std::int64_t{size} - 1);
    }
};

struct BilinearPixel {
    Pixels source;

    void draw(const Place &place, std::uint8_t *target) const {
        constexpr unsigned one = 1u << weightBits;
        const Neighbours across(place.x, source.width);
        const Neighbours down(place.y, source.height);
        const std::uint8_t *upper = source.row(down.first);
        const std::uint8_t *lower = source.row(down.second);
        const std::int64_t left = across.first * Image::channels;
        const std::int64_t right = across.second * Image::channels;
        for (int c = 0; c < Image::channels; ++c) {
            const unsigned above = upper[left + c] * (one - across.weight) + upper[right + c] * across.weight;
            const unsigned below = lower[left + c] * (one - across.weight) + lower[right + c] * across.weight;
            target[c] = static_cast<std::uint8_t>(
                (above * (one - down.weight) + below * down.weight + one * one / 2) >> (2 * weightBits));
        }
    }
};

template <typename Walk, typename Pixel>
void drawRows(Walk walk, const Pixel pixel, const Color fill, Image &target) {
    const Bounds bounds(pixel.source.width, pixel.source.height);
    for (int y = 0; y < target.height(); ++y) {
        walk.startRow(y);
        std::uint8_t *to = target.row(y);
        for (int x = 0; x < pixel.source.width; ++x, to += Image::channels) {
            const Place place = walk.next();
            if (bounds.hold(place))
                pixel.draw(place, to);
            else
                copyPixel(fill.data(), to);
        }
    }
}

template <typename Walk>
void drawRows(const Walk &walk, const Image &source, Interpolation interpolation, const Color &fill,
              Image &target) {
    if (interpolation == Interpolation::Nearest)
        drawRows(walk, NearestPixel{Pixels(source)}, fill, target);
    else
        drawRows(walk, BilinearPixel{Pixels(source)}, fill, target);
}

} // namespace

void warped(const Image &source, const Projection &projection, Interpolation interpolation, const Color &fill,
            Image &target) {
    target.resize(source.width(), source.height());
    if (projection.g == 0 && projection.h == 0)
        drawRows(AffineWalk(projection, source, interpolation), source, interpolation, fill, target);
    else
        drawRows(PerspectiveWalk(projection, source), source, interpolation, fill, target);
}

} // namespace simclr
