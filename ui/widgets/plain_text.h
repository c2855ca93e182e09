// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>
#include <concepts>

namespace simclr::ui {

/// A tooltip that shows `text` literally. Tooltips detect markup, so the text is escaped and passed as
/// markup; empty for an empty text.
QString plainToolTip(const QString &text);

/// A button text that shows `text` literally: a single "&" would mark a mnemonic.
QString plainButtonText(QString text);

/// An integer with the group separators of the user's locale: "50,000".
template <std::integral Number>
QString countText(Number number) {
    if constexpr (std::unsigned_integral<Number>)
        return QLocale().toString(static_cast<qulonglong>(number));
    else
        return QLocale().toString(static_cast<qlonglong>(number));
}

/// A number with this many decimals in the user's locale, rounded by roundedTo().
QString decimalText(double number, int decimals);

} // namespace simclr::ui
