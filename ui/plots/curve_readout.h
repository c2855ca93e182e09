// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"

#include <QList>
#include <QString>
#include <QWidget>

namespace simclr::ui {

/// The exact values under the pointer, on a small card over the plot. Lets the mouse through. Owned by its
/// CurvePlot.
class CurveReadout : public QWidget {
    Q_OBJECT
  public:
    struct Row {
        CurveStyle style;
        QString value;
        bool hasValue = true; ///< otherwise it gives way where there is no room for all
    };

    explicit CurveReadout(QWidget *parent);

    /// Shows `heading` and rows beside `anchor` (in the parent's coordinates), inside of the parent; as many
    /// rows as there is room for, and how many more there are.
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
    qsizetype m_more = 0; ///< rows that there is no room for
};

} // namespace simclr::ui
