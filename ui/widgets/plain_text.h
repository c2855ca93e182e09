// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>
#include <concepts>

namespace simclr::ui {

/// A tooltip that shows `text` as it is. Tooltips guess whether they hold markup, so text from files is given
/// to them as markup that says nothing but the text; nothing for no text.
QString plainToolTip(const QString &text);

/// A text for a button that shows `text` as it is: a lone "&" would be taken for a mnemonic.
QString plainButtonText(QString text);

/// A whole number with the separators of the person's language: "50,000".
template <std::integral Number>
QString countText(Number number) {
    if constexpr (std::unsigned_integral<Number>)
        return QLocale().toString(static_cast<qulonglong>(number));
    else
        return QLocale().toString(static_cast<qlonglong>(number));
}

/// A number with so many decimals, in the person's language, rounded by the one rule.
QString decimalText(double number, int decimals);

} // namespace simclr::ui
