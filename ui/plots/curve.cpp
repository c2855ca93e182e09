// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve.h"

#include <QLocale>
#include <cmath>

namespace simclr::ui {

QString readableNumber(double value, NumberStyle style) {
    if (!std::isfinite(value))
        return QStringLiteral("–");
    const QLocale locale;
    switch (style) {
    case NumberStyle::Count:
        return locale.toString(std::round(value), 'f', 0);
    case NumberStyle::Percent:
        return locale.toString(value, 'f', 1) + QStringLiteral(" %");
    case NumberStyle::General:
        break;
    }
    return locale.toString(value, 'g', 4);
}

} // namespace simclr::ui
