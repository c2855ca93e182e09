// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/spoken.h"

#include <QWidget>

namespace simclr::ui {

/// A share as a bar with its percentage beside it and a mark at the chance level; a fuller bar is a stronger
/// warning. Grey while the value is out of date. Owned by its parent; UI thread.
class DiagnosticsBar : public QWidget, public Spoken {
    Q_OBJECT
  public:
    explicit DiagnosticsBar(QWidget *parent = nullptr);

    /// Both in [0, 1].
    void setShare(double share, double chance);
    /// NaN before the first measurement.
    double share() const { return m_share; }
    void setOld(bool old);
    QSize sizeHint() const override;
    QAccessible::Role spokenRole() const override { return QAccessible::ProgressBar; }
    QString spokenValue() const override;
    std::optional<double> spokenPercent() const override;

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    QColor color() const;

    double m_share;
    double m_chance = 0;
    bool m_isOld = false;
};

} // namespace simclr::ui
