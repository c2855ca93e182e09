// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/message.h"

#include "core/util/number_text.h"

namespace simclr {

namespace {

/// With the arguments from `first` on in place of `%1` to `%9`. Any other "%" is a percent sign.
std::string filledIn(std::string_view text, const std::vector<std::string> &arguments) {
    std::string filled;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isPlaceholder =
            text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9';
        const std::size_t index = isPlaceholder ? static_cast<std::size_t>(text[i + 1] - '1') : 0;
        if (!isPlaceholder || index >= arguments.size()) {
            filled += text[i];
            continue;
        }
        filled += arguments[index];
        ++i;
    }
    return filled;
}

std::string replaced(std::string text, std::string_view what, const std::string &by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
    return text;
}

} // namespace

Message::Message(const MessageText &text, std::vector<MessageArgument> arguments)
    : m_text(&text), m_arguments(std::move(arguments)) {}

bool Message::operator==(const Message &other) const {
    return m_text == other.m_text && m_arguments == other.m_arguments;
}

std::string MessageWriter::write(const Message &message) const {
    const MessageText &text = *message.m_text;
    std::optional<std::int64_t> count;
    if (text.hasCount())
        count = std::get<std::int64_t>(message.m_arguments.front().value);
    std::vector<std::string> arguments;
    for (std::size_t i = count ? 1 : 0; i < message.m_arguments.size(); ++i)
        arguments.push_back(write(message.m_arguments[i]));
    return filledIn(sentence(text, count), arguments);
}

std::string MessageWriter::write(const MessageArgument &argument) const {
    if (const auto *whole = std::get_if<std::int64_t>(&argument.value))
        return integer(*whole);
    if (const auto *real = std::get_if<double>(&argument.value))
        return number(*real);
    if (const auto *message = std::get_if<Message>(&argument.value))
        return write(*message);
    return std::get<std::string>(argument.value);
}

std::string MessageWriter::sentence(const MessageText &text, std::optional<std::int64_t> count) const {
    if (!count)
        return std::string(text.text);
    return *count == 1 ? std::string(text.one)
                       : replaced(std::string(text.text), "%Ln", std::to_string(*count));
}

std::string MessageWriter::integer(std::int64_t number) const {
    return std::to_string(number);
}

std::string MessageWriter::number(double number) const {
    return numberText(number);
}

std::string toText(const Message &message) {
    return MessageWriter().write(message);
}

} // namespace simclr
