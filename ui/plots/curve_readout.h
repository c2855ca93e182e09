// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
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
        QString name;
        QString value;
        QColor color;
        bool dashed = false;
    };

    explicit CurveReadout(QWidget *parent);

    /// Shows `heading` and rows beside `anchor` (in the parent's coordinates), inside of the parent.
    void showAt(const QPoint &anchor, const QString &heading, const QList<Row> &rows);

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    QSize contentSize() const;

    QString m_heading;
    QList<Row> m_rows;
};

} // namespace simclr::ui
