// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/query_error.h"

#include <string>
#include <variant>
#include <vector>

namespace simclr {

/// A value as it was written; what it means depends on the field (core/query/literal.h).
struct Literal {
    std::string text;
    bool isQuoted = false;
    TextRange where;
};

/// The name of a field as it was written: "linear.test", or with a function "best(loss)", "at(loss, 50)".
struct FieldName {
    std::string function;      ///< "best"; empty without
    std::string name;          ///< "loss"
    TextRange where;           ///< with its function
    std::string argument = {}; ///< "50"; empty without
};

enum class Operator { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Contains, ContainsNot };

/// linear > 0.8
struct Comparison {
    FieldName field;
    Operator op = Operator::Equal;
    Literal value;
};

/// tag in (paper, final)
struct Membership {
    FieldName field;
    std::vector<Literal> values; ///< at least one
    bool isNegated = false;      ///< not in
};

/// note is empty
struct Emptiness {
    FieldName field;
    bool isNegated = false; ///< is not empty
};

/// A word without an operator: text to search for, or the name of a flag.
struct BareWord {
    Literal word;
};

using Condition = std::variant<Comparison, Membership, Emptiness, BareWord>;

struct Expression;

/// All without parts is true for every run.
struct Group {
    enum class Kind {
        All, ///< and
        Any, ///< or
        Not, ///< has one part
    };
    Kind kind = Kind::All;
    std::vector<Expression> parts;
};

/// A filter or a part of one: a plain value. Made by parseFilter().
struct Expression {
    std::variant<Group, Condition> node;
};

} // namespace simclr
