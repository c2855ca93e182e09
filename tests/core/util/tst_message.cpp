// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/message.h"
#include "core/util/message_lists.h"
#include "tests/support/test_support.h"

using namespace simclr;

namespace {

constexpr std::array texts{
    MessageText{"plain", "Nothing is known, not even 8 % of it."},
    MessageText{"values", "%1 of %2 px is %3 %."},
    MessageText{"turned", "%2 before %1, and %2 again"},
    MessageText{"counted", "%Ln images below \"%1\" are left out", "1 image below \"%1\" is left out"},
    MessageText{"hidden_count", "The classes %1 are empty", "The class %1 is empty"},
};
constexpr MessagesOf<texts> message;

/// As a translator might do it.
class Backwards : public MessageWriter {
  protected:
    std::string sentence(const MessageText &text, std::optional<std::int64_t> count) const override {
        return text.id == "counted" ? "%1: " + std::to_string(*count) + " fehlen"
                                    : MessageWriter::sentence(text, count);
    }
    std::string integer(std::int64_t number) const override { return "#" + std::to_string(number); }
    std::string number(double) const override { return "0,5"; }
};

std::vector<MessageArgument> letters(int count) {
    std::vector<MessageArgument> items;
    for (int i = 0; i < count; ++i)
        items.emplace_back(std::string(1, static_cast<char>('a' + i)));
    return items;
}

std::string textOf(const MessageArgument &argument) {
    return MessageWriter().write(argument);
}

} // namespace

/// Sentences of core as codes and values.
class TestMessage : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void argumentsAreFilledIn() {
        QCOMPARE(toText(message("plain")), std::string("Nothing is known, not even 8 % of it."));
        QCOMPARE(toText(message("values", "crop", 32, 12.5)), std::string("crop of 32 px is 12.5 %."));
        QCOMPARE(toText(message("values", 1e-6, 1650, 100000.0)),
                 std::string("1e-06 of 1650 px is 100000 %."));
        QCOMPARE(toText(message("turned", "b", "a")), std::string("a before b, and a again"));
    }

    /// A file's name may look like a placeholder.
    void argumentsAreNotFilledInAgain() {
        QCOMPARE(toText(message("turned", "%2", "%1%Ln")), std::string("%1%Ln before %2, and %1%Ln again"));
        QCOMPARE(toText(message("counted", 2, "%Ln")), std::string("2 images below \"%Ln\" are left out"));
    }

    void oneHasItsOwnText() {
        QCOMPARE(toText(message("counted", 0, "a")), std::string("0 images below \"a\" are left out"));
        QCOMPARE(toText(message("counted", 1, "a")), std::string("1 image below \"a\" is left out"));
        QCOMPARE(toText(message("counted", 5'000'000'000, "a")),
                 std::string("5000000000 images below \"a\" are left out"));
        QCOMPARE(toText(message("hidden_count", std::size_t{1}, "a")), std::string("The class a is empty"));
        QCOMPARE(toText(message("hidden_count", 2, "a, b")), std::string("The classes a, b are empty"));
    }

    void messagesAreArguments() {
        const Message inner = message("counted", 3, "x");
        QCOMPARE(toText(listMessage("two_sentences", message("plain"), inner)),
                 std::string("Nothing is known, not even 8 % of it. 3 images below \"x\" are left out"));
    }

    void isDataAndCompared() {
        QCOMPARE(message("counted", 3, "x").code(), std::string_view("counted"));
        QVERIFY(message("counted", 3, "x") == message("counted", 3, "x"));
        QVERIFY(!(message("counted", 3, "x") == message("counted", 2, "x")));
        QVERIFY(!(message("counted", 3, "x") == message("hidden_count", 3, "x")));
        QVERIFY(!(message("turned", 1, 2) == message("turned", 1.0, 2)));
    }

    void writersChooseTheWords() {
        QCOMPARE(Backwards().write(message("counted", 3, "x")), std::string("x: 3 fehlen"));
        QCOMPARE(Backwards().write(message("values", "a", 1650, 0.5)),
                 std::string("a of #1650 px is 0,5 %."));
        QCOMPARE(Backwards().write(listMessage("two_sentences", message("counted", 1, "x"), 2)),
                 std::string("x: 1 fehlen #2"));
    }

    void placeholdersWithoutArgumentArePercents() {
        QCOMPARE(MessageText("", "%1 %2").argumentCount(), std::size_t{2});
        QCOMPARE(MessageText("", "8 % of", "").argumentCount(), std::size_t{0});
        QCOMPARE(MessageText("", "%Ln of %1", "1 of %1").argumentCount(), std::size_t{2});
        QVERIFY(!MessageText("", "a", "b").needsPluralForms());
        class Turkish : public MessageWriter {
            std::string sentence(const MessageText &, std::optional<std::int64_t>) const override {
                return "%8, %%1";
            }
        };
        QCOMPARE(Turkish().write(message("hidden_count", 1, 50)), std::string("%8, %50"));
    }

    void listsEndAfterEight() {
        QCOMPARE(textOf(enumerated({})), std::string());
        QCOMPARE(textOf(enumerated(letters(1))), std::string("a"));
        QCOMPARE(textOf(enumerated(letters(8))), std::string("a, b, c, d, e, f, g, h"));
        QCOMPARE(textOf(enumerated(letters(9))), std::string("a, b, c, d, e, f, g, h and 1 more"));
        QCOMPARE(textOf(enumerated(letters(12))), std::string("a, b, c, d, e, f, g, h and 4 more"));
        QCOMPARE(textOf(listed(letters(10))), std::string("a, b, c, d, e, f, g, h, i, j"));
    }

    void namesAreQuotedAsUtf8() {
        QCOMPARE(toText(quotedName("cat")), std::string("\"cat\""));
        QCOMPARE(toText(quotedName("c\xFFt")), std::string("\"c\xEF\xBF\xBDt\""));
    }
};

SIMCLR_TEST(TestMessage)
#include "tst_message.moc"
