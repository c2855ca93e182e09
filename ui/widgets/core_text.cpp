// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/core_text.h"

#include "core/util/number_text.h"
#include "ui/widgets/plain_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <limits>

namespace simclr::ui {

namespace {

/// `count` selects the plural form; -1 for a text without.
QString translated(std::string_view text, int count) {
    const QByteArray source(text.data(), static_cast<qsizetype>(text.size()));
    return source.isEmpty() ? QString()
                            : QCoreApplication::translate("core", source.constData(), nullptr, count);
}

class TranslatingWriter : public MessageWriter {
  protected:
    std::string sentence(const MessageText &text, std::optional<std::int64_t> count) const override {
        constexpr std::int64_t largest = std::numeric_limits<int>::max();
        if (!count || !text.needsPluralForms() || *count == 1)
            return coreText(count == 1 ? text.one : text.text).toStdString();
        return translated(text.text, static_cast<int>(std::min(*count, largest))).toStdString();
    }
    std::string integer(std::int64_t number) const override { return countText(number).toStdString(); }
    std::string number(double number) const override {
        return isWhole(number)
                   ? integer(static_cast<std::int64_t>(number))
                   : QLocale().toString(number, 'g', QLocale::FloatingPointShortest).toStdString();
    }
};

} // namespace

QString coreText(std::string_view text) {
    return translated(text, -1);
}

QString coreText(const Message &message) {
    return QString::fromStdString(TranslatingWriter().write(message));
}

} // namespace simclr::ui
