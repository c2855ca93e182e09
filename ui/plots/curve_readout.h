// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"

#include <QList>
#include <QString>
#include <QWidget>

namespace simclr::ui {

/// The exact values at the pointer, on a small card over the plot. Ignores the mouse. Owned by its
/// CurvePlot.
class CurveReadout : public QWidget {
    Q_OBJECT
  public:
    struct Row {
        CurveStyle style;
        QString value;
        bool hasValue = true; ///< rows without a value are dropped first if not all fit
    };

    explicit CurveReadout(QWidget *parent);

    /// Shows `heading` and `rows` beside `anchor` (in the parent's coordinates), inside the parent: as many
    /// rows as fit, and the number of the others.
    void showAt(const QPoint &anchor, const QString &heading, const QList<Row> &rows);

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    void keepWhatFits(QList<Row> rows);
    int lineCount() const;
    int lineHeight() const;
    QSize contentSize() const;
    QString moreText() const;

    QString m_heading;
    QList<Row> m_rows;
    qsizetype m_more = 0; ///< number of rows that do not fit
};

} // namespace simclr::ui
