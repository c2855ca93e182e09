// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/pickle/pickle.h"

#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/pickle/pickle_calls.h"
#include "core/util/pickle/pickle_input.h"
#include "core/util/pickle/pickle_values.h"

#include <algorithm>
#include <string>

namespace simclr {

namespace {

using Kind = PickleNode::Kind;

/// The stack machine of pickle (Python's pickletools). Each function performs the opcodes of one kind and
/// gives false for all others.
class PickleReader {
  public:
    explicit PickleReader(std::string_view bytes)
        : m_input(bytes), m_values(m_input, m_stack), m_calls(m_stack) {}

    Pickle read() {
        while (step(static_cast<unsigned char>(m_input.take(1).front())))
            m_stack.charge(1);
        return m_stack.finish(m_input.position());
    }

  private:
    using Place = PickleStack::Place;
    using Places = PickleStack::Places;

    /// Performs one opcode; false after the last one.
    bool step(unsigned char opcode) {
        if (opcode == '.')
            return false;
        if (!m_values.push(opcode) && !pushCollection(opcode) && !fill(opcode) && !rearrange(opcode) &&
            !remember(opcode) && !build(opcode) && !skip(opcode))
            refuse(opcode);
        return true;
    }

    [[noreturn]] static void refuse(unsigned char opcode) {
        constexpr unsigned char firstExtension = 0x82; // EXT1, EXT2, EXT4
        constexpr unsigned char lastExtension = 0x84;
        if (opcode >= firstExtension && opcode <= lastExtension)
            throw InvalidInput("it refers to an object by its number in Python's extension registry, which "
                               "is not supported; in Python, save only model.state_dict()");
        throw InvalidInput("it contains the unknown pickle opcode " + std::to_string(opcode));
    }

    bool push(Kind kind, std::int64_t integer = 0, std::string_view text = {}) {
        m_stack.push(kind, integer, text);
        return true;
    }

    bool pushWith(Kind kind, Places items) {
        m_stack.pushWith(kind, std::move(items));
        return true;
    }

    bool pushCollection(unsigned char opcode) {
        switch (opcode) {
        case ')': // EMPTY_TUPLE
            return push(Kind::Tuple);
        case ']': // EMPTY_LIST
            return push(Kind::List);
        case '}': // EMPTY_DICT
            return push(Kind::Dict);
        case 0x8f: // EMPTY_SET
        case 0x97: // NEXT_BUFFER, of bytes beside the pickle
            return push(Kind::Opaque);
        case 't': // TUPLE
            return pushWith(Kind::Tuple, m_stack.popToMark());
        case 'l': // LIST
            return pushWith(Kind::List, m_stack.popToMark());
        case 'd': // DICT
            return push(Kind::Dict) && extendBelow(Kind::Dict);
        case 0x91: // FROZENSET
            m_stack.popToMark();
            return push(Kind::Opaque);
        case 0x85: // TUPLE1
        case 0x86: // TUPLE2
        case 0x87: // TUPLE3
            return pushWith(Kind::Tuple, m_stack.pop(opcode - 0x84u));
        default:
            return false;
        }
    }

    bool fill(unsigned char opcode) {
        switch (opcode) {
        case 'a': // APPEND
            return extend(Kind::List, m_stack.pop(1));
        case 'e': // APPENDS
            return extend(Kind::List, m_stack.popToMark());
        case 's': // SETITEM
            return extend(Kind::Dict, m_stack.pop(2));
        case 'u': // SETITEMS
            return extend(Kind::Dict, m_stack.popToMark());
        case 0x90: // ADDITEMS, to a set
            m_stack.popToMark();
            return true;
        default:
            return false;
        }
    }

    bool extend(Kind kind, const Places &items) {
        PickleNode &target = m_stack.node(m_stack.top());
        if (target.kind == Kind::Opaque) { // of a class derived from dict or list
            target.kind = kind;
            target.items.clear();
        }
        if (target.kind != kind || (kind == Kind::Dict && items.size() % 2 != 0))
            refusePickleDamage();
        target.items.insert(target.items.end(), items.begin(), items.end());
        return true;
    }

    /// Fills the new dict on top with the items between it and the mark.
    bool extendBelow(Kind kind) {
        const Place made = m_stack.pop();
        const Places items = m_stack.popToMark();
        m_stack.pushPlace(made);
        return extend(kind, items);
    }

    bool rearrange(unsigned char opcode) {
        switch (opcode) {
        case '(': // MARK
            m_stack.mark();
            return true;
        case '0': // POP
            m_stack.pop();
            return true;
        case '1': // POP_MARK
            m_stack.popToMark();
            return true;
        case '2': // DUP
            m_stack.pushPlace(m_stack.top());
            return true;
        default:
            return false;
        }
    }

    bool remember(unsigned char opcode) {
        switch (opcode) {
        case 'p': // PUT
            m_stack.remember(m_input.takeDecimal());
            return true;
        case 'q': // BINPUT
            m_stack.remember(m_input.takeUnsigned(1));
            return true;
        case 'r': // LONG_BINPUT
            m_stack.remember(m_input.takeUnsigned(4));
            return true;
        case 0x94: // MEMOIZE
            m_stack.rememberNext();
            return true;
        case 'g': // GET
            m_stack.recall(m_input.takeDecimal());
            return true;
        case 'h': // BINGET
            m_stack.recall(m_input.takeUnsigned(1));
            return true;
        case 'j': // LONG_BINGET
            m_stack.recall(m_input.takeUnsigned(4));
            return true;
        default:
            return false;
        }
    }

    bool build(unsigned char opcode) {
        switch (opcode) {
        case 'P': // PERSID
            m_stack.push(Kind::Text, 0, m_input.takeLine());
            return resolve();
        case 'Q': // BINPERSID
            return resolve();
        case 'R':  // REDUCE
        case 0x81: // NEWOBJ
            return call();
        case 0x92: // NEWOBJ_EX, with arguments by name
            m_stack.pop();
            return call();
        case 'o': // OBJ
            return pushInstance(m_stack.popToMark());
        case 'i': // INST
            m_stack.popToMark();
            m_values.pushGlobal();
            return pushInstance(m_stack.pop(1));
        case 'b': // BUILD
            return setState();
        default:
            return false;
        }
    }

    bool resolve() {
        m_calls.resolve(m_stack.pop());
        return true;
    }

    bool call() {
        const Place arguments = m_stack.pop();
        const Place callee = m_stack.pop();
        m_calls.call(callee, arguments);
        return true;
    }

    /// Of the class that comes first.
    bool pushInstance(const Places &classAndArguments) {
        if (classAndArguments.empty())
            refusePickleDamage();
        return push(Kind::Opaque, 0, m_stack.node(classAndArguments.front()).text);
    }

    /// State dicts have their version as an attribute, which does not concern weights; an opaque object keeps
    /// its state for callers that need it.
    bool setState() {
        const Place state = m_stack.pop();
        PickleNode &target = m_stack.node(m_stack.top());
        if (target.kind == Kind::Opaque)
            target.items.push_back(state);
        return true;
    }

    bool skip(unsigned char opcode) {
        switch (opcode) {
        case 0x80: // PROTO
            m_input.take(1);
            return true;
        case 0x95: // FRAME
            m_input.take(8);
            return true;
        case 0x98: // READONLY_BUFFER
            return true;
        default:
            return false;
        }
    }

    PickleInput m_input;
    PickleStack m_stack;
    PickleValues m_values;
    PickleCalls m_calls;
};

} // namespace

Pickle readPickle(std::string_view bytes) {
    return PickleReader(bytes).read();
}

std::string shownName(const PickleNode &node) {
    constexpr std::size_t shown = 80;
    std::string name(node.text.substr(0, shown));
    std::ranges::replace(name, ' ', '.');
    return toValidUtf8(name);
}

} // namespace simclr
