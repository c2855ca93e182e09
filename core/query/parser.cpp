// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/parser.h"

#include "core/query/lexer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace simclr {

namespace {

constexpr std::array operators{
    std::pair{"=", Operator::Equal},    std::pair{"!=", Operator::NotEqual},
    std::pair{"<", Operator::Less},     std::pair{"<=", Operator::LessOrEqual},
    std::pair{">", Operator::Greater},  std::pair{">=", Operator::GreaterOrEqual},
    std::pair{"~", Operator::Contains}, std::pair{"!~", Operator::ContainsNot},
};

Operator operatorOf(const std::string &text) {
    const auto *const known = std::ranges::find(operators, text, &std::pair<const char *, Operator>::first);
    return known->second; // the lexer makes no others
}

bool isValue(const Token &token) {
    return token.kind == TokenKind::Word || token.kind == TokenKind::Text;
}

Literal literalOf(const Token &token) {
    return {token.text, token.kind == TokenKind::Text, token.where};
}

/// Whether there are only words, which are searched for.
bool areWords(const std::vector<Token> &tokens) {
    return std::all_of(tokens.begin(), tokens.end() - 1,
                       [](const Token &token) { return isValue(token) && !isAnyKeyword(token); });
}

Expression groupOf(Group::Kind kind, std::vector<Expression> parts) {
    if (parts.size() == 1 && kind != Group::Kind::Not)
        return std::move(parts.front());
    return {Group{kind, std::move(parts)}};
}

/// The word number `count` of its line.
BareWord wordOf(const Token &token, std::size_t count) {
    if (count > mostWords)
        throw QueryError("more than " + std::to_string(mostWords) + " words to search for", token.where);
    return {literalOf(token)};
}

Expression searchFor(const std::vector<Token> &tokens) {
    std::vector<Expression> words;
    for (auto token = tokens.begin(); token != tokens.end() - 1; ++token)
        words.push_back({Condition(wordOf(*token, words.size() + 1))});
    return groupOf(Group::Kind::All, std::move(words));
}

/// Counts parentheses and "not" while their content is read.
class Nesting {
  public:
    Nesting(int &depth, TextRange where) : m_depth(depth) {
        if (m_depth == deepestFilter)
            throw QueryError("parentheses and \"not\" are nested more than " + std::to_string(deepestFilter) +
                                 " deep",
                             where);
        ++m_depth;
    }
    ~Nesting() { --m_depth; }
    Nesting(const Nesting &) = delete;
    Nesting &operator=(const Nesting &) = delete;

  private:
    int &m_depth;
};

class Parser {
  public:
    explicit Parser(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}

    Expression filter() {
        Expression whole = any();
        if (now().kind == TokenKind::Close)
            throw QueryError("this parenthesis was not opened", now().where);
        if (now().kind != TokenKind::End)
            throw QueryError(m_endsWithWord && isValue(now())
                                 ? "expected \"and\" or \"or\" here; text with spaces needs quotation marks"
                                 : "expected \"and\" or \"or\" here",
                             now().where);
        return whole;
    }

    FieldName onlyField() {
        FieldName name = field();
        if (now().kind != TokenKind::End)
            throw QueryError("expected one field", now().where);
        return name;
    }

  private:
    const Token &now() const { return m_tokens[m_at]; }
    const Token &next() const { return m_tokens[std::min(m_at + 1, m_tokens.size() - 1)]; }
    Token take() { return m_tokens[m_at + 1 < m_tokens.size() ? m_at++ : m_at]; }
    bool takeIf(bool isWanted) {
        m_at += isWanted ? 1 : 0;
        return isWanted;
    }

    Expression any() {
        std::vector<Expression> parts;
        do
            parts.push_back(all());
        while (takeIf(isKeyword(now(), "or")));
        return groupOf(Group::Kind::Any, std::move(parts));
    }

    Expression all() {
        std::vector<Expression> parts;
        do
            parts.push_back(negation());
        while (takeIf(isKeyword(now(), "and")));
        return groupOf(Group::Kind::All, std::move(parts));
    }

    Expression negation() {
        const bool isNot = isKeyword(now(), "not");
        if (!isNot && now().kind != TokenKind::Open)
            return {condition()};
        const Nesting nesting(m_depth, now().where);
        if (!isNot)
            return parenthesis();
        take();
        return groupOf(Group::Kind::Not, {negation()});
    }

    Expression parenthesis() {
        const TextRange open = take().where;
        Expression inside = any();
        if (now().kind == TokenKind::End)
            throw QueryError("the closing parenthesis is missing", open);
        expect(TokenKind::Close, "expected \"and\", \"or\" or \")\" here");
        m_endsWithWord = false;
        return inside;
    }

    Condition condition() {
        const Token first = now();
        FieldName name = field();
        m_endsWithWord = true;
        if (now().kind == TokenKind::Operator)
            return comparison(std::move(name));
        if (isKeyword(now(), "in") || (isKeyword(now(), "not") && isKeyword(next(), "in")))
            return membership(std::move(name));
        if (isKeyword(now(), "is"))
            return emptiness(std::move(name));
        if (!name.function.empty())
            throw QueryError("expected an operator, such as <, after \"" + name.function + "(" + name.name +
                                 ")\"",
                             now().where);
        return wordOf(first, ++m_words);
    }

    FieldName field() {
        if (!isValue(now()) || isAnyKeyword(now()))
            throw QueryError(now().kind == TokenKind::End ? "a condition is missing at the end"
                                                          : "expected the name of a field here",
                             now().where);
        const Token first = take();
        if (first.kind != TokenKind::Word || now().kind != TokenKind::Open)
            return {{}, first.text, first.where};
        take();
        const Token metric = value("expected the name of a metric here");
        std::string argument;
        if (takeIf(now().kind == TokenKind::Comma))
            argument = value("expected a number here").text;
        const TextRange close = expect(TokenKind::Close, "expected \")\" here");
        return {first.text, metric.text, spanOf(first.where, close), std::move(argument)};
    }

    Comparison comparison(FieldName name) {
        const Operator op = operatorOf(take().text);
        const Token operand = value("expected a value here");
        m_endsWithWord = operand.kind == TokenKind::Word;
        return {std::move(name), op, literalOf(operand)};
    }

    Membership membership(FieldName name) {
        Membership result{std::move(name), {}, takeIf(isKeyword(now(), "not"))};
        take();
        expect(TokenKind::Open, "expected \"(\" and a list of values here");
        do
            result.values.push_back(literalOf(value("expected a value here")));
        while (takeIf(now().kind == TokenKind::Comma));
        expect(TokenKind::Close, "expected \",\" or \")\" here");
        m_endsWithWord = false;
        return result;
    }

    Emptiness emptiness(FieldName name) {
        take();
        const bool isNegated = takeIf(isKeyword(now(), "not"));
        if (!takeIf(isKeyword(now(), "empty")))
            throw QueryError("expected \"empty\" or \"not empty\" here", now().where);
        m_endsWithWord = false;
        return {std::move(name), isNegated};
    }

    Token value(const char *message) {
        if (!isValue(now()) || isAnyKeyword(now()))
            throw QueryError(message, now().where);
        return take();
    }

    TextRange expect(TokenKind kind, const char *message) {
        if (now().kind != kind)
            throw QueryError(message, now().where);
        return take().where;
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::size_t m_words = 0;
    bool m_endsWithWord = false; ///< whether the last condition ends with a word, which a space may have cut
};

} // namespace

Expression parseFilter(std::string_view line) {
    std::vector<Token> tokens = tokensOf(line);
    return areWords(tokens) ? searchFor(tokens) : Parser(std::move(tokens)).filter();
}

FieldName parseFieldName(std::string_view text) {
    return Parser(tokensOf(text)).onlyField();
}

SortKey parseSortKey(std::string_view text) {
    const bool isDescending = text.ends_with(":desc");
    if (isDescending || text.ends_with(":asc"))
        text = text.substr(0, text.rfind(':'));
    return {parseFieldName(text), isDescending};
}

} // namespace simclr
