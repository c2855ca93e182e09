// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/convert/tar_writer.h"

#include "core/util/error.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr std::size_t blockBytes = 512;
constexpr std::size_t longestName = 100;
constexpr std::uint64_t largestMember = (std::uint64_t{1} << 33) - 1; ///< eleven octal digits

/// Octal digits that fill a field, and a zero byte.
void putOctal(std::string &header, std::size_t at, std::size_t digits, std::uint64_t value) {
    for (std::size_t i = digits; i-- > 0; value /= 8)
        header[at + i] = static_cast<char>('0' + value % 8);
}

std::string headerOf(const std::string &name, std::uint64_t size) {
    std::string header(blockBytes, '\0');
    std::ranges::copy(name, header.begin());
    putOctal(header, 100, 7, 0644);
    putOctal(header, 108, 7, 0);
    putOctal(header, 116, 7, 0);
    putOctal(header, 124, 11, size);
    putOctal(header, 136, 11, 0);
    std::fill_n(header.begin() + 148, 8, ' ');
    header[156] = '0'; // a regular file
    header.replace(257, 5, "ustar");
    header.replace(263, 2, "00");
    std::uint64_t sum = 0;
    for (const char byte : header)
        sum += static_cast<unsigned char>(byte);
    putOctal(header, 148, 6, sum);
    header[154] = '\0';
    return header;
}

} // namespace

void TarWriter::add(const std::string &name, std::string_view bytes) {
    if (name.empty() || name.size() > longestName)
        throw IoError("the name \"" + name + "\" is too long for a tar archive");
    if (bytes.size() > largestMember)
        throw IoError(name + " is too large for a tar archive");
    append(headerOf(name, bytes.size()));
    append(bytes);
    append(std::string((blockBytes - bytes.size() % blockBytes) % blockBytes, '\0'));
}

void TarWriter::append(std::string_view bytes) {
    m_file.append(bytes);
    m_size += bytes.size();
}

void TarWriter::finish() {
    append(std::string(2 * blockBytes, '\0'));
    m_file.commit();
}

} // namespace simclr
