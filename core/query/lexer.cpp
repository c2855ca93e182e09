// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/lexer.h"

#include "core/util/files.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <array>
#include <utility>

namespace simclr {

namespace {

constexpr std::string_view spaces = " \t\r\n";
constexpr std::string_view wordEnds = " \t\r\n(),=!<>~";
constexpr std::array operators{"!=", "!~", "==", "<=", ">=", "=", "<", ">", "~"};
constexpr std::array keywords{"and", "or", "not", "in", "is"};
constexpr std::array<std::pair<char, char>, 6> escapes{
    {{'"', '"'}, {'\'', '\''}, {'\\', '\\'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}}};

bool isControl(char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
}

void checkLength(std::string_view line) {
    const std::size_t length = inCodePoints(line, {0, line.size()}).length;
    if (length > longestFilter)
        throw QueryError("the filter has " + std::to_string(length) + " characters; at most " +
                             std::to_string(longestFilter) + " are possible",
                         {0, 0});
}

void checkEncoding(std::string_view line) {
    const std::string valid = toValidUtf8(line);
    const auto [invalid, replaced] = std::ranges::mismatch(line, valid);
    if (invalid != line.end())
        throw QueryError("the filter contains a byte that is not UTF-8",
                         {static_cast<std::size_t>(invalid - line.begin()), 1});
}

void checkControls(std::string_view line) {
    const auto control = std::ranges::find_if(
        line, [](char byte) { return isControl(byte) && spaces.find(byte) == std::string_view::npos; });
    if (control != line.end())
        throw QueryError("the filter contains a control character",
                         {static_cast<std::size_t>(control - line.begin()), 1});
}

class Lexer {
  public:
    Lexer(std::string_view line, OpenQuote openQuote) : m_line(line), m_openQuote(openQuote) {}

    std::vector<Token> all() {
        std::vector<Token> tokens;
        do {
            m_at = std::min(m_line.find_first_not_of(spaces, m_at), m_line.size());
            tokens.push_back(next());
        } while (tokens.back().kind != TokenKind::End);
        return tokens;
    }

  private:
    Token next() {
        if (m_at == m_line.size())
            return {TokenKind::End, {}, {m_at, 0}};
        switch (m_line[m_at]) {
        case '(':
            return taken(TokenKind::Open, 1);
        case ')':
            return taken(TokenKind::Close, 1);
        case ',':
            return taken(TokenKind::Comma, 1);
        case '"':
        case '\'':
            return text();
        default:
            return wordEnds.find(m_line[m_at]) == std::string_view::npos ? word() : comparison();
        }
    }

    Token taken(TokenKind kind, std::size_t length) {
        const TextRange where{m_at, length};
        m_at += length;
        return {kind, std::string(m_line.substr(where.begin, length)), where};
    }

    Token word() {
        return taken(TokenKind::Word, std::min(m_line.find_first_of(wordEnds, m_at), m_line.size()) - m_at);
    }

    Token comparison() {
        for (const std::string_view known : operators)
            if (m_line.substr(m_at).starts_with(known)) {
                Token token = taken(TokenKind::Operator, known.size());
                token.text = known == "==" ? "=" : known;
                return token;
            }
        throw QueryError("unknown operator \"!\"; known operators: = != < <= > >= ~ !~, in, is empty",
                         {m_at, 1});
    }

    Token text() {
        const std::size_t begin = m_at;
        const char quote = m_line[m_at++];
        Token token{TokenKind::Text, {}, {}};
        while (m_at < m_line.size() && m_line[m_at] != quote)
            token.text += character();
        token.isClosed = m_at < m_line.size();
        m_at += token.isClosed ? 1 : 0;
        token.where = {begin, m_at - begin};
        if (!token.isClosed && m_openQuote == OpenQuote::Refused)
            throw QueryError("the closing quotation mark is missing", token.where);
        return token;
    }

    char character() {
        const char letter = m_line[m_at++];
        if (letter != '\\' || m_at == m_line.size())
            return letter;
        const auto *const escape = std::ranges::find(escapes, m_line[m_at], &std::pair<char, char>::first);
        if (escape == escapes.end())
            throw QueryError("unknown escape; known ones: \\\" \\' \\\\ \\n \\r \\t", {m_at - 1, 1});
        ++m_at;
        return escape->second;
    }

    std::string_view m_line;
    OpenQuote m_openQuote;
    std::size_t m_at = 0;
};

std::string quoted(const std::string &text) {
    std::string result = "\"";
    for (const char letter : text) {
        const auto *const escape = std::ranges::find(escapes, letter, &std::pair<char, char>::second);
        if (escape != escapes.end() && letter != '\'')
            result.append({'\\', escape->first});
        else
            result += letter;
    }
    return result + '"';
}

} // namespace

std::vector<Token> tokensOf(std::string_view line, OpenQuote openQuote) {
    checkLength(line);
    checkEncoding(line);
    checkControls(line);
    return Lexer(line, openQuote).all();
}

bool isKeyword(const Token &token, std::string_view keyword) {
    return token.kind == TokenKind::Word && lowerCase(token.text) == keyword;
}

bool isAnyKeyword(const Token &token) {
    return std::ranges::any_of(keywords, [&](const char *keyword) { return isKeyword(token, keyword); });
}

std::string quotedIfNeeded(const std::string &text) {
    const bool isWord = !text.empty() && text.front() != '"' && text.front() != '\'' &&
                        text.find_first_of(wordEnds) == std::string::npos;
    return isWord && !isAnyKeyword({TokenKind::Word, text, {}}) ? text : quoted(text);
}

} // namespace simclr
