// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plain_text.h"

#include "core/util/rounding.h"

namespace simclr::ui {

QString plainToolTip(const QString &text) {
    if (text.isEmpty())
        return {};
    return QStringLiteral("<span>%1</span>")
        .arg(text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
}

QString plainButtonText(QString text) {
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

QString decimalText(double number, int decimals) {
    return QLocale().toString(roundedTo(number, decimals), 'f', decimals);
}

} // namespace simclr::ui
