// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/pickle.h"

#include "core/model/pickle_input.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace simclr {

namespace {

using Kind = PickleNode::Kind;
using Place = std::uint32_t;

/// Opcodes, and items that one of them copies; the state dict of ResNet-152 needs about fifty thousand.
constexpr std::size_t mostWork = 4'000'000;
/// No call of a state dict has more arguments, nor has a persistent id more parts.
constexpr std::size_t mostArguments = 16;

constexpr std::string_view orderedDict = "collections OrderedDict";
constexpr std::string_view rebuildTensor = "torch._utils _rebuild_tensor_v2";
constexpr std::string_view rebuildParameter = "torch._utils _rebuild_parameter";

/// All names that may stand in a file. They are compared, never looked up.
constexpr std::array<std::string_view, 13> knownGlobals{
    orderedDict,           rebuildTensor,        rebuildParameter,        "torch FloatStorage",
    "torch DoubleStorage", "torch HalfStorage",  "torch BFloat16Storage", "torch LongStorage",
    "torch IntStorage",    "torch ShortStorage", "torch CharStorage",     "torch ByteStorage",
    "torch BoolStorage"};

[[noreturn]] void refuseDamage() {
    throw InvalidInput("its description of the tensors is damaged");
}

/// The stack machine of pickle (Python's pickletools), as far as state dicts need it.
class PickleReader {
  public:
    explicit PickleReader(std::string_view bytes) : m_input(bytes) {}

    Pickle read() {
        while (step(static_cast<unsigned char>(m_input.take(1).front())))
            charge(1);
        m_pickle.root = pop();
        m_pickle.bytes = m_input.position();
        return std::move(m_pickle);
    }

  private:
    /// Performs one opcode; false after the last one.
    bool step(unsigned char opcode) {
        if (opcode == '.')
            return false;
        if (!pushNumber(opcode) && !pushText(opcode) && !pushCollection(opcode) && !fill(opcode) &&
            !remember(opcode) && !build(opcode))
            throw InvalidInput("it holds the pickle opcode " + std::to_string(opcode) +
                               ", which no state dict needs");
        return true;
    }

    bool pushNumber(unsigned char opcode) {
        switch (opcode) {
        case 'N':
            return push(Kind::None);
        case 0x88: // NEWTRUE
            return push(Kind::Boolean, 1);
        case 0x89: // NEWFALSE
            return push(Kind::Boolean, 0);
        case 'J': // BININT
            return push(Kind::Integer, static_cast<std::int32_t>(m_input.takeUnsigned(4)));
        case 'K': // BININT1
            return push(Kind::Integer, static_cast<std::int64_t>(m_input.takeUnsigned(1)));
        case 'M': // BININT2
            return push(Kind::Integer, static_cast<std::int64_t>(m_input.takeUnsigned(2)));
        case 0x8a: // LONG1
            return push(Kind::Integer, m_input.takeLong());
        case 'G': // BINFLOAT; no weight is described by one
            m_input.take(8);
            return push(Kind::Real);
        default:
            return false;
        }
    }

    bool pushText(unsigned char opcode) {
        switch (opcode) {
        case 'X': // BINUNICODE
        case 'T': // BINSTRING, of Python 2
            return push(Kind::Text, 0, m_input.take(m_input.takeUnsigned(4)));
        case 'U':  // SHORT_BINSTRING, of Python 2
        case 0x8c: // SHORT_BINUNICODE
            return push(Kind::Text, 0, m_input.take(m_input.takeUnsigned(1)));
        case 'c': // GLOBAL
            return pushGlobal();
        case 0x93: // STACK_GLOBAL
            return pushStackGlobal();
        default:
            return false;
        }
    }

    bool pushCollection(unsigned char opcode) {
        switch (opcode) {
        case '(': // MARK
            m_marks.push_back(m_stack.size());
            return true;
        case ')': // EMPTY_TUPLE
            return push(Kind::Tuple);
        case ']': // EMPTY_LIST
            return push(Kind::List);
        case '}': // EMPTY_DICT
            return push(Kind::Dict);
        case 't': // TUPLE
            return pushWith(Kind::Tuple, popToMark());
        case 0x85: // TUPLE1
        case 0x86: // TUPLE2
        case 0x87: // TUPLE3
            return pushWith(Kind::Tuple, pop(opcode - 0x84u));
        default:
            return false;
        }
    }

    bool fill(unsigned char opcode) {
        switch (opcode) {
        case 'a': // APPEND
            return extend(Kind::List, pop(1));
        case 'e': // APPENDS
            return extend(Kind::List, popToMark());
        case 's': // SETITEM
            return extend(Kind::Dict, pop(2));
        case 'u': // SETITEMS
            return extend(Kind::Dict, popToMark());
        default:
            return false;
        }
    }

    bool remember(unsigned char opcode) {
        switch (opcode) {
        case 'q': // BINPUT
            m_memo[m_input.takeUnsigned(1)] = top();
            return true;
        case 'r': // LONG_BINPUT
            m_memo[m_input.takeUnsigned(4)] = top();
            return true;
        case 0x94: // MEMOIZE
            m_memo[m_memo.size()] = top();
            return true;
        case 'h': // BINGET
            return recall(m_input.takeUnsigned(1));
        case 'j': // LONG_BINGET
            return recall(m_input.takeUnsigned(4));
        default:
            return false;
        }
    }

    bool build(unsigned char opcode) {
        switch (opcode) {
        case 0x80: // PROTO
            m_input.take(1);
            return true;
        case 0x95: // FRAME
            m_input.take(8);
            return true;
        case 'Q': // BINPERSID
            return pushStorage();
        case 'R': // REDUCE
            return reduce();
        case 'b': // BUILD: state dicts carry their version as an attribute, which says nothing of weights
            pop();
            return node(top()).kind == Kind::Dict || damaged();
        default:
            return false;
        }
    }

    /// The calls that a state dict asks for, of which only what they describe is kept.
    bool reduce() {
        const std::vector<Place> items = popSmallTuple();
        const Place callee = pop();
        const std::string_view name = node(callee).text;
        if (node(callee).kind != Kind::Global)
            refuseDamage();
        if (name == orderedDict)
            return pushWith(Kind::Dict, pairsOf(items));
        if (name == rebuildTensor && items.size() >= 4 && node(items[0]).kind == Kind::Storage)
            return pushWith(Kind::Tensor, {items[0], items[1], items[2], items[3]});
        if (name == rebuildParameter && !items.empty() && node(items[0]).kind == Kind::Tensor)
            return pushPlace(items[0]);
        refuseDamage();
    }

    /// Python 2 gives an OrderedDict its items as one list of pairs.
    std::vector<Place> pairsOf(const std::vector<Place> &arguments) {
        std::vector<Place> items;
        if (arguments.empty())
            return items;
        charge(node(arguments.front()).items.size());
        for (const Place pair : node(arguments.front()).items) {
            if (node(pair).items.size() != 2)
                refuseDamage();
            items.insert(items.end(), node(pair).items.begin(), node(pair).items.end());
        }
        return items;
    }

    bool pushStorage() {
        const std::vector<Place> id = popSmallTuple();
        const bool fits = id.size() >= 5 && node(id[0]).text == "storage" &&
                          node(id[1]).kind == Kind::Global && node(id[2]).kind == Kind::Text &&
                          node(id[4]).kind == Kind::Integer;
        return fits ? pushWith(Kind::Storage, id) : damaged();
    }

    /// GLOBAL gives module and name in a line each.
    bool pushGlobal() {
        const std::string_view moduleName = m_input.takeLine();
        const std::string_view name = m_input.takeLine();
        return pushNamed(moduleName, name);
    }

    bool pushStackGlobal() {
        const std::string_view name = node(pop()).text;
        const std::string_view moduleName = node(pop()).text;
        return pushNamed(moduleName, name);
    }

    bool pushNamed(std::string_view moduleName, std::string_view name) {
        constexpr std::size_t shown = 80;
        const std::string full = std::string(moduleName) + " " + std::string(name);
        const auto *known = std::ranges::find(knownGlobals, full);
        if (known != knownGlobals.end())
            return push(Kind::Global, 0, *known);
        throw InvalidInput("it asks for the Python object \"" +
                           toValidUtf8(std::string(moduleName) + "." + std::string(name)).substr(0, shown) +
                           "\", which is neither needed for weights nor looked up here; in Python, save "
                           "model.state_dict() alone");
    }

    bool recall(std::uint64_t key) {
        const auto found = m_memo.find(key);
        return found != m_memo.end() ? pushPlace(found->second) : damaged();
    }

    bool extend(Kind kind, const std::vector<Place> &items) {
        PickleNode &target = node(top());
        if (target.kind != kind || (kind == Kind::Dict && items.size() % 2 != 0))
            refuseDamage();
        target.items.insert(target.items.end(), items.begin(), items.end());
        return true;
    }

    bool push(Kind kind, std::int64_t integer = 0, std::string_view text = {}) {
        m_pickle.nodes.push_back({kind, integer, text, {}});
        return pushPlace(static_cast<Place>(m_pickle.nodes.size() - 1));
    }

    bool pushWith(Kind kind, std::vector<Place> items) {
        push(kind);
        m_pickle.nodes.back().items = std::move(items);
        return true;
    }

    bool pushPlace(Place place) {
        m_stack.push_back(place);
        return true;
    }

    /// A small file must not keep the machine busy for hours.
    void charge(std::size_t work) {
        m_work += work;
        if (m_work > mostWork)
            throw InvalidInput("it describes more than a network's weights");
    }

    [[noreturn]] bool damaged() const { refuseDamage(); }

    PickleNode &node(Place place) { return m_pickle.nodes[place]; }

    Place top() const {
        if (m_stack.empty())
            refuseDamage();
        return m_stack.back();
    }

    Place pop() {
        const Place place = top();
        m_stack.pop_back();
        return place;
    }

    /// The last `count` of the stack, the oldest first.
    std::vector<Place> pop(std::size_t count) {
        if (m_stack.size() < count)
            refuseDamage();
        const std::vector<Place> popped(m_stack.end() - static_cast<std::ptrdiff_t>(count), m_stack.end());
        m_stack.resize(m_stack.size() - count);
        return popped;
    }

    std::vector<Place> popSmallTuple() {
        const PickleNode &tuple = node(pop());
        if (tuple.kind != Kind::Tuple || tuple.items.size() > mostArguments)
            refuseDamage();
        return tuple.items;
    }

    std::vector<Place> popToMark() {
        if (m_marks.empty() || m_marks.back() > m_stack.size())
            refuseDamage();
        const std::size_t mark = m_marks.back();
        m_marks.pop_back();
        return pop(m_stack.size() - mark);
    }

    PickleInput m_input;
    std::size_t m_work = 0;
    Pickle m_pickle;
    std::vector<Place> m_stack;
    std::vector<std::size_t> m_marks; ///< heights of the stack
    std::map<std::uint64_t, Place> m_memo;
};

} // namespace

Pickle readPickle(std::string_view bytes) {
    return PickleReader(bytes).read();
}

} // namespace simclr
