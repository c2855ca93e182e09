// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/projection.h"

#include <cmath>
#include <numbers>

namespace simclr {

namespace {

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

double onGrid(double coefficient) {
    constexpr double grid = 1 << 24;
    return std::floor(coefficient * grid + 0.5) / grid;
}

/// A projective map in homogeneous coordinates, its last row the denominator.
struct Homography {
    double a, b, c;
    double d, e, f;
    double g, h, i;
};

/// Maps the unit square to a quadrangle: Heckbert, Fundamentals of texture mapping and image warping (1989),
/// section 2.2.3, multiplied by the determinant, by which the book divides. All coefficients are integers.
Homography squareTo(const Corners &corners) {
    const auto &[p0, p1, p2, p3] = corners;
    const double dx1 = p1.x - p2.x, dx2 = p3.x - p2.x, sumX = p0.x - p1.x + p2.x - p3.x;
    const double dy1 = p1.y - p2.y, dy2 = p3.y - p2.y, sumY = p0.y - p1.y + p2.y - p3.y;
    const double i = dx1 * dy2 - dx2 * dy1;
    const double g = sumX * dy2 - dx2 * sumY;
    const double h = dx1 * sumY - sumX * dy1;
    return {(p1.x - p0.x) * i + g * p1.x,
            (p3.x - p0.x) * i + h * p3.x,
            p0.x * i,
            (p1.y - p0.y) * i + g * p1.y,
            (p3.y - p0.y) * i + h * p3.y,
            p0.y * i,
            g,
            h,
            i};
}

/// The inverse map up to a factor, which does not matter in homogeneous coordinates.
Homography adjugate(const Homography &m) {
    return {m.e * m.i - m.f * m.h, m.c * m.h - m.b * m.i, m.b * m.f - m.c * m.e,
            m.f * m.g - m.d * m.i, m.a * m.i - m.c * m.g, m.c * m.d - m.a * m.f,
            m.d * m.h - m.e * m.g, m.b * m.g - m.a * m.h, m.a * m.e - m.b * m.d};
}

} // namespace

Projection affineProjection(const AffineMove &move, int width, int height) {
    const double angle = radians(move.angle);
    const double shearX = std::tan(radians(move.shearX));
    const double shearY = radians(move.shearY);
    // Forward: rotation · shear along y · shear along x. Its determinant is one, so that the inverse consists
    // of the same four numbers.
    const double a = std::cos(angle - shearY) / std::cos(shearY);
    const double b = -a * shearX - std::sin(angle);
    const double c = std::sin(angle - shearY) / std::cos(shearY);
    const double d = -c * shearX + std::cos(angle);
    Projection p;
    p.a = onGrid(d / move.scale);
    p.b = onGrid(-b / move.scale);
    p.d = onGrid(-c / move.scale);
    p.e = onGrid(a / move.scale);
    const double middleX = width * 0.5;
    const double middleY = height * 0.5;
    p.c = middleX - p.a * (middleX + move.shiftX) - p.b * (middleY + move.shiftY);
    p.f = middleY - p.d * (middleX + move.shiftX) - p.e * (middleY + move.shiftY);
    return p;
}

Corners cornersOf(int width, int height) {
    return {{{0, 0}, {width - 1, 0}, {width - 1, height - 1}, {0, height - 1}}};
}

Projection perspectiveProjection(const Corners &corners, int width, int height) {
    if (corners == cornersOf(width, height) || width == 1 || height == 1)
        return {};
    const Homography forward = squareTo(corners);
    const Homography back = adjugate(forward);
    if (forward.a * back.a + forward.b * back.d + forward.c * back.g == 0)
        return {};
    // With a last coefficient of one, the origin cannot be exactly on the horizon, only next to it.
    const double last = back.i != 0 ? back.i : 0x1p-20;
    const double x = (width - 1) / last;
    const double y = (height - 1) / last;
    return {back.a * x, back.b * x, back.c * x,    back.d * y,
            back.e * y, back.f * y, back.g / last, back.h / last};
}

} // namespace simclr
