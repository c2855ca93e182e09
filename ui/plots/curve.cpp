// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve.h"

#include "ui/widgets/plain_text.h"

#include <QLocale>
#include <cmath>

namespace simclr::ui {

QString readableNumber(double value, NumberStyle style) {
    if (!std::isfinite(value))
        return QStringLiteral("–");
    switch (style) {
    case NumberStyle::Count:
        return decimalText(value, 0);
    case NumberStyle::Percent:
        return decimalText(value, 1) + QStringLiteral(" %");
    case NumberStyle::General:
        break;
    }
    return QLocale().toString(value, 'g', 4);
}

} // namespace simclr::ui
