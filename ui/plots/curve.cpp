// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve.h"

#include "ui/widgets/plain_text.h"

#include <QDateTime>
#include <QLocale>
#include <cmath>

namespace simclr::ui {

QList<double> dashesOf(const CurveStyle &style) {
    if (!style.pattern.isEmpty())
        return style.pattern;
    return style.dashed ? QList<double>{4, 3} : QList<double>{};
}

QString readableNumber(double value, NumberStyle style) {
    if (!std::isfinite(value))
        return QStringLiteral("–");
    switch (style) {
    case NumberStyle::Count:
        return decimalText(value, 0);
    case NumberStyle::Percent:
        return decimalText(value, 1) + QStringLiteral(" %");
    case NumberStyle::Date:
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(qRound64(value * 1000)),
                                  QLocale::ShortFormat);
    case NumberStyle::General:
        break;
    }
    return QLocale().toString(value, 'g', 4);
}

} // namespace simclr::ui
