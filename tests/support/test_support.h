// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"
#include "tests/support/test_main.h"

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace QTest {
/// Lets QCOMPARE show the difference.
template <>
inline char *toString(const std::string &text) {
    return qstrdup(QByteArray::fromStdString(text).constData());
}
} // namespace QTest

namespace simclr::test {

/// A small image or text that is stored with the tests.
inline std::filesystem::path dataFile(const std::string &name) {
    return std::filesystem::path(SIMCLR_TEST_DATA) / name;
}

inline std::filesystem::path folderOf(const QTemporaryDir &directory) {
    return directory.path().toStdString();
}

inline std::string readBytes(const std::filesystem::path &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Writes a file and creates its folders.
inline void writeBytes(const std::filesystem::path &path, std::string_view bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// The message of the `Expected` that `call` throws; "nothing thrown" or "another exception" otherwise, which
/// no message of ours contains.
template <typename Expected, typename Call>
std::string thrownMessage(Call &&call) {
    try {
        call();
    } catch (const Expected &error) {
        return error.what();
    } catch (...) {
        return "another exception";
    }
    return "nothing thrown";
}

inline bool contains(const std::string &text, const std::string &part) {
    return text.find(part) != std::string::npos;
}

/// Whether the message is clear: thrown as expected, on one line, and containing `part`.
inline bool isClearMessage(const std::string &message, const std::string &part) {
    return contains(message, part) && !contains(message, "\n") && message != "nothing thrown" &&
           message != "another exception";
}

/// Pearson's χ² against equal expectations; compare with chiSquareLimit().
inline double chiSquare(std::span<const std::size_t> counts) {
    double total = 0;
    for (const std::size_t count : counts)
        total += static_cast<double>(count);
    const double expected = total / static_cast<double>(counts.size());
    double sum = 0;
    for (const std::size_t count : counts)
        sum += (static_cast<double>(count) - expected) * (static_cast<double>(count) - expected) / expected;
    return sum;
}

/// The χ² that a correct generator exceeds once in about three million times (Wilson and Hilferty, five
/// sigma).
inline double chiSquareLimit(std::size_t categories) {
    const double degrees = static_cast<double>(categories - 1);
    return degrees * std::pow(1 - 2 / (9 * degrees) + 5 * std::sqrt(2 / (9 * degrees)), 3);
}

/// Whether `hits` of `trials` is within five standard deviations of the probability `p`.
inline bool isFrequency(std::size_t hits, std::size_t trials, double p) {
    const double n = static_cast<double>(trials);
    return std::abs(static_cast<double>(hits) - n * p) <= 5 * std::sqrt(n * p * (1 - p)) + 1e-9;
}

} // namespace simclr::test
