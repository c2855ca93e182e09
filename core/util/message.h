// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace simclr {

/// The description of a message. `%1` to `%9` stand for its arguments.
///
/// A text that depends on a count has two forms. `one` is for a count of exactly 1. `text` is for all others;
/// `%Ln` in it stands for the count, and tells translators that it needs all plural forms of their language.
/// The count is the first argument of such a message; `%1` is the second.
struct MessageText {
    std::string_view id;       ///< stable code: "crop_area_large"
    std::string_view text;     ///< English: "%Ln images below \"%1\" are left out"
    std::string_view one = {}; ///< English: "1 image below \"%1\" is left out"; empty without a count

    constexpr bool hasCount() const { return !one.empty(); }
    constexpr bool needsPluralForms() const { return text.find("%Ln") != std::string_view::npos; }
    /// Number of arguments, including the count.
    constexpr std::size_t argumentCount() const {
        return std::max(largestPlaceholder(text), largestPlaceholder(one)) + (hasCount() ? 1 : 0);
    }

  private:
    static constexpr std::size_t largestPlaceholder(std::string_view text) {
        std::size_t largest = 0;
        for (std::size_t i = 0; i + 1 < text.size(); ++i)
            if (text[i] == '%' && text[i + 1] >= '1' && text[i + 1] <= '9')
                largest = std::max(largest, static_cast<std::size_t>(text[i + 1] - '0'));
        return largest;
    }
};

struct MessageArgument;

/// A sentence, or a part of one, for users: the entry of a table of texts, and values. Made by a MessagesOf.
/// The command line and records write it in English, the window in the user's language.
class Message {
  public:
    std::string_view code() const { return m_text->id; }
    bool operator==(const Message &other) const;

  private:
    template <const auto &texts>
    friend class MessagesOf;
    friend class MessageWriter;
    friend class MessageCodec;

    Message(const MessageText &text, std::vector<MessageArgument> arguments);

    const MessageText *m_text; ///< in a table that lives as long as the program
    std::vector<MessageArgument> m_arguments;
};

/// A value in a message.
struct MessageArgument {
    // All implicit on purpose: message("crop_area_large", percent).
    template <std::integral Integer>
    MessageArgument(Integer number) : value(static_cast<std::int64_t>(number)) {}
    MessageArgument(double number) : value(number) {}
    /// Shown unchanged: a name, a path. Valid UTF-8.
    MessageArgument(std::string text) : value(std::move(text)) {}
    MessageArgument(Message message) : value(std::move(message)) {}

    bool operator==(const MessageArgument &) const = default;

    std::variant<std::int64_t, double, std::string, Message> value;
};

/// Makes the messages of one table: `message("id", arguments…)`. An unknown id or a wrong number of arguments
/// does not compile. i18n/core_texts.h lists the texts of all such tables; tst_core_texts finds them.
template <const auto &texts>
class MessagesOf {
    static constexpr const MessageText &textCalled(std::string_view id) {
        for (const MessageText &text : texts)
            if (text.id == id)
                return text;
        throw "there is no such message"; // stops the compiler
    }

    template <typename... Arguments>
    static constexpr bool startWithCount() {
        if constexpr (sizeof...(Arguments) == 0)
            return false;
        else
            return std::integral<std::tuple_element_t<0, std::tuple<Arguments...>>>;
    }

    template <typename... Arguments>
    struct Code {
        // Implicit on purpose, like MetricId.
        consteval Code(const char *id) : text(textCalled(id)) {
            if (text.argumentCount() != sizeof...(Arguments))
                throw "the message has another number of arguments";
            if (text.hasCount() && !startWithCount<Arguments...>())
                throw "the first argument of the message is a count";
        }
        const MessageText &text;
    };

  public:
    template <typename... Arguments>
    Message operator()(Code<std::type_identity_t<Arguments>...> code, const Arguments &...arguments) const {
        return Message(code.text, {MessageArgument(arguments)...});
    }
};

/// Writes messages as text: here in English and with plain numbers. What differs in another language is
/// overridden.
class MessageWriter {
  public:
    MessageWriter() = default;
    MessageWriter(const MessageWriter &) = delete;
    MessageWriter &operator=(const MessageWriter &) = delete;
    virtual ~MessageWriter() = default;

    std::string write(const Message &message) const;
    std::string write(const MessageArgument &argument) const;

  protected:
    /// The text for this count, with its number inserted, if it has one; `%1` to `%9` stay.
    virtual std::string sentence(const MessageText &text, std::optional<std::int64_t> count) const;
    virtual std::string integer(std::int64_t number) const;
    virtual std::string number(double number) const;
};

/// In English.
std::string toText(const Message &message);

} // namespace simclr
