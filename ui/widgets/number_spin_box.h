// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/slider_scale.h"

#include <QDoubleSpinBox>

namespace simclr::ui {

/// A spin box for real parameters of any magnitude: shows five significant digits without trailing zeros,
/// accepts exponents and both decimal separators, steps along its SliderScale. Owned by its parent; UI
/// thread.
class NumberSpinBox : public QDoubleSpinBox {
    Q_OBJECT
  public:
    explicit NumberSpinBox(const Parameter &parameter, QWidget *parent = nullptr);

    QString textFromValue(double value) const override;
    double valueFromText(const QString &text) const override;
    QValidator::State validate(QString &text, int &position) const override;
    void fixup(QString &text) const override;
    void stepBy(int steps) override;

  private:
    QString bare(const QString &text) const;

    SliderScale m_scale;
};

/// The suffix for a spin box: " px" for a unit of letters, "°" for a symbol.
QString unitSuffix(const Parameter &parameter);

} // namespace simclr::ui
