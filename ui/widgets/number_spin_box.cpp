// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_spin_box.h"

#include "ui/widgets/core_text.h"
#include "ui/widgets/spin_box_behaviour.h"

#include <algorithm>

namespace simclr::ui {

NumberSpinBox::NumberSpinBox(const Parameter &parameter, QWidget *parent)
    : QDoubleSpinBox(parent), m_scale(parameter) {
    setDecimals(12);
    setRange(parameter.minimum, parameter.maximum);
    setSuffix(unitSuffix(parameter));
    setFixedWidth(74);
    QLocale plain = locale();
    plain.setNumberOptions(QLocale::OmitGroupSeparator); // so that a comma or point is the decimal separator
    setLocale(plain);
    if (!parameter.lowestMeans.empty())
        setSpecialValueText(coreText(parameter.lowestMeans));
    SpinBoxBehaviour::install(*this);
}

QString NumberSpinBox::textFromValue(double value) const {
    return locale().toString(value, 'g', 5);
}

QString NumberSpinBox::bare(const QString &text) const {
    QString number = text;
    if (number.startsWith(prefix()))
        number.remove(0, prefix().size());
    if (number.endsWith(suffix()))
        number.chop(suffix().size());
    for (const char point : {'.', ','})
        number.replace(QChar(point), locale().decimalPoint());
    return number.trimmed();
}

double NumberSpinBox::valueFromText(const QString &text) const {
    return text == specialValueText() ? minimum() : locale().toDouble(bare(text));
}

QValidator::State NumberSpinBox::validate(QString &text, int &) const {
    if (!specialValueText().isEmpty() && text == specialValueText())
        return QValidator::Acceptable;
    bool isNumber = false;
    const QString number = bare(text);
    const double value = locale().toDouble(number, &isNumber);
    if (isNumber)
        return value >= minimum() && value <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
    for (const QChar sign : number)
        if (!sign.isDigit() && !QStringLiteral("+-.,eE").contains(sign) &&
            !locale().decimalPoint().contains(sign))
            return QValidator::Invalid;
    return QValidator::Intermediate;
}

/// The nearest allowed number, or the previous value if the text is not a number.
void NumberSpinBox::fixup(QString &text) const {
    bool isNumber = false;
    const double typed = locale().toDouble(bare(text), &isNumber);
    const double taken = isNumber ? std::clamp(typed, minimum(), maximum()) : value();
    const bool isSpecial = !specialValueText().isEmpty() && taken == minimum();
    text = isSpecial ? specialValueText() : prefix() + textFromValue(taken) + suffix();
}

void NumberSpinBox::stepBy(int steps) {
    double stepped = value();
    for (int i = 0; i < std::abs(steps); ++i)
        stepped = m_scale.stepped(stepped, steps > 0 ? 1 : -1);
    setValue(stepped);
    selectAll();
}

QString unitSuffix(const Parameter &parameter) {
    if (parameter.unit.empty())
        return {};
    const QString unit = coreText(parameter.unit);
    return unit.front().isLetter() ? QChar(0x00A0) + unit : unit;
}

} // namespace simclr::ui
