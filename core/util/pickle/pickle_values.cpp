// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/pickle/pickle_values.h"

#include <charconv>

namespace simclr {

namespace {

std::string_view withoutQuotes(std::string_view line) {
    const bool isQuoted =
        line.size() >= 2 && line.front() == line.back() && (line.front() == '\'' || line.front() == '"');
    return isQuoted ? line.substr(1, line.size() - 2) : line;
}

} // namespace

bool PickleValues::pushValue(Kind kind, std::int64_t integer, std::string_view text) {
    m_stack.push(kind, integer, text);
    return true;
}

bool PickleValues::pushNumber(unsigned char opcode) {
    switch (opcode) {
    case 'N':
        return pushValue(Kind::None);
    case 0x88: // NEWTRUE
        return pushValue(Kind::Boolean, 1);
    case 0x89: // NEWFALSE
        return pushValue(Kind::Boolean, 0);
    case 'J': // BININT
        return pushValue(Kind::Integer, static_cast<std::int32_t>(m_input.takeUnsigned(4)));
    case 'K': // BININT1
        return pushValue(Kind::Integer, static_cast<std::int64_t>(m_input.takeUnsigned(1)));
    case 'M': // BININT2
        return pushValue(Kind::Integer, static_cast<std::int64_t>(m_input.takeUnsigned(2)));
    case 0x8a: // LONG1
        return pushLong(m_input.takeUnsigned(1));
    case 0x8b: // LONG4
        return pushLong(m_input.takeUnsigned(4));
    case 'G': // BINFLOAT; not used in the description of weights
        m_input.take(8);
        return pushValue(Kind::Real);
    default:
        return false;
    }
}

/// A number of more than 64 bits, as in the state of a random generator, is never a tensor size.
bool PickleValues::pushLong(std::uint64_t bytes) {
    if (bytes <= 8)
        return pushValue(Kind::Integer, m_input.takeSigned(bytes));
    m_input.take(bytes);
    return pushValue(Kind::Opaque);
}

/// Values that protocols 0 and 1 write as text.
bool PickleValues::pushLine(unsigned char opcode) {
    switch (opcode) {
    case 'I': // INT, and Booleans as 00 and 01
        return pushDecimal(m_input.takeLine());
    case 'L': // LONG, followed by an L
        return pushDecimal(m_input.takeLine());
    case 'F': // FLOAT
        m_input.takeLine();
        return pushValue(Kind::Real);
    case 'S': // STRING, in quotes
    case 'V': // UNICODE
        return pushValue(Kind::Text, 0, withoutQuotes(m_input.takeLine()));
    default:
        return false;
    }
}

bool PickleValues::pushDecimal(std::string_view line) {
    if (line == "00" || line == "01")
        return pushValue(Kind::Boolean, line.back() - '0');
    std::int64_t number = 0;
    const auto read = std::from_chars(line.data(), line.data() + line.size(), number);
    return pushValue(read.ec == std::errc() ? Kind::Integer : Kind::Opaque, number);
}

bool PickleValues::pushText(unsigned char opcode) {
    switch (opcode) {
    case 'X': // BINUNICODE
    case 'T': // BINSTRING, of Python 2
    case 'B': // BINBYTES
        return pushValue(Kind::Text, 0, m_input.take(m_input.takeUnsigned(4)));
    case 'U':  // SHORT_BINSTRING, of Python 2
    case 'C':  // SHORT_BINBYTES
    case 0x8c: // SHORT_BINUNICODE
        return pushValue(Kind::Text, 0, m_input.take(m_input.takeUnsigned(1)));
    case 0x8d: // BINUNICODE8
    case 0x8e: // BINBYTES8
    case 0x96: // BYTEARRAY8
        return pushValue(Kind::Text, 0, m_input.take(m_input.takeUnsigned(8)));
    case 'c': // GLOBAL
        return pushGlobal();
    case 0x93: // STACK_GLOBAL
        return pushStackGlobal();
    default:
        return false;
    }
}

bool PickleValues::pushGlobal() {
    const std::string_view moduleName = m_input.takeLine();
    const std::string_view name = m_input.takeLine();
    m_stack.pushGlobal(moduleName, name);
    return true;
}

bool PickleValues::pushStackGlobal() {
    const std::string_view name = m_stack.node(m_stack.pop()).text;
    const std::string_view moduleName = m_stack.node(m_stack.pop()).text;
    m_stack.pushGlobal(moduleName, name);
    return true;
}

} // namespace simclr
