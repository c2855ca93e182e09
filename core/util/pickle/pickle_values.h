// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/pickle/pickle_input.h"
#include "core/util/pickle/pickle_stack.h"

namespace simclr {

/// The opcodes of a pickle that push one value out of its bytes: a number, a text, the name of a class or a
/// function. Owned by the reader of the pickle, as are input and stack.
class PickleValues {
  public:
    PickleValues(PickleInput &input, PickleStack &stack) : m_input(input), m_stack(stack) {}

    /// Performs the opcode; false where it is none of these.
    bool push(unsigned char opcode) { return pushNumber(opcode) || pushLine(opcode) || pushText(opcode); }
    /// The module and the name that follow in a line each.
    bool pushGlobal();

  private:
    using Kind = PickleNode::Kind;

    bool pushNumber(unsigned char opcode);
    bool pushLine(unsigned char opcode);
    bool pushText(unsigned char opcode);
    bool pushLong(std::uint64_t bytes);
    bool pushDecimal(std::string_view line);
    bool pushStackGlobal();
    bool pushValue(Kind kind, std::int64_t integer = 0, std::string_view text = {});

    PickleInput &m_input;
    PickleStack &m_stack;
};

} // namespace simclr
