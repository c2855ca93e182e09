// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/npy_header.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <cctype>
#include <charconv>
#include <limits>

namespace simclr {

namespace {

[[noreturn]] void refuse(const std::string &cause) {
    throw InvalidInput("is not an array that can be read: " + cause);
}

std::size_t littleEndian(std::string_view bytes) {
    std::size_t number = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[i]);
    return number;
}

/// Reads the Python literal of a header: a dict of "descr", "fortran_order" and "shape", in any order.
class HeaderReader {
  public:
    explicit HeaderReader(std::string_view text) : m_text(text) {}

    NpyHeader read() {
        expect('{');
        while (!take('}')) {
            readEntry(readString());
            if (!take(','))
                expectEnd();
        }
        if (!m_hasDescr || !m_hasOrder || !m_hasShape)
            refuse("its header is incomplete");
        return std::move(m_header);
    }

  private:
    void readEntry(const std::string &key) {
        expect(':');
        if (key == "descr") {
            readDescr();
            m_hasDescr = true;
        } else if (key == "fortran_order") {
            m_header.isFortranOrder = readBool();
            m_hasOrder = true;
        } else if (key == "shape") {
            readShape();
            m_hasShape = true;
        } else {
            refuse("its header has the unknown key \"" + toValidUtf8(key) + "\"");
        }
    }

    /// "|u1", "<i8", ">f4": byte order, kind and size.
    void readDescr() {
        if (next() == '[')
            refuse("it consists of records with named fields");
        const std::string descr = readString();
        if (descr.size() < 2)
            refuse("its type \"" + toValidUtf8(descr) + "\" is unknown");
        const bool hasOrder = std::string_view("<>|=").find(descr[0]) != std::string_view::npos;
        m_header.isBigEndian = descr[0] == '>';
        m_header.kind = descr[hasOrder ? 1 : 0];
        if (m_header.kind == 'O')
            refuse("it contains pickled Python objects, which are never run");
        const std::string_view size = std::string_view(descr).substr(hasOrder ? 2 : 1);
        const auto [end, failure] =
            std::from_chars(size.data(), size.data() + size.size(), m_header.itemBytes);
        const bool isNumber = std::string_view("uibf").find(m_header.kind) != std::string_view::npos;
        if (!isNumber || failure != std::errc() || end != size.data() + size.size() ||
            m_header.itemBytes == 0 || m_header.itemBytes > 16)
            refuse("its values are of the type \"" + toValidUtf8(descr) + "\", not numbers");
    }

    void readShape() {
        expect('(');
        while (!take(')')) {
            m_header.shape.push_back(readNumber());
            if (!take(',') && next() != ')')
                refuse("its header is damaged");
        }
    }

    std::uint64_t readNumber() {
        skipSpaces();
        std::uint64_t number = 0;
        const char *begin = m_text.data() + m_at;
        const auto [end, failure] = std::from_chars(begin, m_text.data() + m_text.size(), number);
        if (failure != std::errc())
            refuse("its shape is damaged");
        m_at += static_cast<std::size_t>(end - begin);
        if (m_at < m_text.size() && m_text[m_at] == 'L') // as Python 2 wrote long integers
            ++m_at;
        return number;
    }

    bool readBool() {
        skipSpaces();
        for (const auto &[word, value] :
             {std::pair(std::string_view("True"), true), std::pair(std::string_view("False"), false)})
            if (m_text.substr(m_at).starts_with(word)) {
                m_at += word.size();
                return value;
            }
        refuse("its header is damaged");
    }

    std::string readString() {
        const char quote = next();
        if (quote != '\'' && quote != '"')
            refuse("its header is damaged");
        const std::size_t end = m_text.find(quote, ++m_at);
        if (end == std::string_view::npos)
            refuse("its header is damaged");
        const std::string text(m_text.substr(m_at, end - m_at));
        m_at = end + 1;
        return text;
    }

    void skipSpaces() {
        while (m_at < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_at])) != 0)
            ++m_at;
    }
    char next() {
        skipSpaces();
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }
    bool take(char letter) {
        const bool isThere = next() == letter;
        m_at += isThere ? 1 : 0;
        return isThere;
    }
    void expect(char letter) {
        if (!take(letter))
            refuse("its header is damaged");
    }
    void expectEnd() {
        if (next() != '}')
            refuse("its header is damaged");
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    NpyHeader m_header;
    bool m_hasDescr = false;
    bool m_hasOrder = false;
    bool m_hasShape = false;
};

void requireFiniteSize(const NpyHeader &header) {
    constexpr std::uint64_t most = std::uint64_t{1} << 50; // bytes; more than any disk
    std::uint64_t bytes = header.itemBytes;
    for (const std::uint64_t extent : header.shape) {
        if (extent != 0 && bytes > most / extent)
            refuse("its shape is larger than any file");
        bytes *= extent;
    }
}

} // namespace

std::uint64_t NpyHeader::count() const {
    std::uint64_t product = 1;
    for (const std::uint64_t extent : shape)
        product *= extent;
    return product;
}

NpyHeader readNpyHeader(std::string_view bytes) {
    constexpr std::size_t prefix = 8; // magic and version
    if (bytes.size() < prefix + 2 || !bytes.starts_with("\x93NUMPY"))
        refuse("it does not begin like a .npy file");
    const int version = bytes[6];
    if (version < 1 || version > 3)
        refuse("it has the unknown format version " + std::to_string(version));
    const std::size_t lengthBytes = version == 1 ? 2 : 4;
    const std::size_t begin = prefix + lengthBytes;
    if (bytes.size() < begin)
        refuse("it is truncated");
    const std::size_t length = littleEndian(bytes.substr(prefix, lengthBytes));
    if (length > longestNpyHeader - begin)
        refuse("its header is too long");
    if (bytes.size() - begin < length)
        refuse("it is truncated");
    NpyHeader header = HeaderReader(bytes.substr(begin, length)).read();
    header.headerBytes = begin + length;
    requireFiniteSize(header);
    return header;
}

} // namespace simclr
