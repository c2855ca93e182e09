// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/pickle/pickle_input.h"
#include "core/util/pickle/pickle_stack.h"

namespace simclr {

/// The opcodes that push one value read from the pickle's bytes: a number, a text, the name of a class or
/// function. Owned by the reader of the pickle, as are input and stack.
class PickleValues {
  public:
    PickleValues(PickleInput &input, PickleStack &stack) : m_input(input), m_stack(stack) {}

    /// Performs the opcode; false if it is none of these.
    bool push(unsigned char opcode) { return pushNumber(opcode) || pushLine(opcode) || pushText(opcode); }
    /// The module and the name that follow, each on its own line.
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
