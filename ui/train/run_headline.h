// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QGridLayout;

namespace simclr::ui {

/// The key figures of a run in large type: epoch, loss, accuracies, speed, time left. Owned by the TrainPage.
class RunHeadline : public QWidget {
    Q_OBJECT
  public:
    explicit RunHeadline(QWidget *parent = nullptr);

    /// Shows all figures as unknown.
    void clear();
    /// Without labels there are no accuracies to show.
    void setLabelled(bool labelled);
    void setEpoch(double done, std::int64_t total);
    void setStep(const StepFinished &step);
    void setResult(const Evaluated &evaluated);
    /// Of the run and of its epoch; negative while unknown.
    void setSecondsLeft(double seconds, double ofEpoch = -1);
    /// Wide enough for half of the figures in a row; a narrow window shows two rows.
    QSize minimumSizeHint() const override;

  protected:
    void resizeEvent(QResizeEvent *event) override;

  private:
    struct Figure {
        QLabel *value;
        QLabel *caption;
    };
    Figure addFigure(const QString &name, const QString &caption, const QString &tip);
    int widthOf(int columns) const;
    void arrange(int columns);

    QGridLayout *m_grid;
    QList<QWidget *> m_figures;
    int m_columns = 0;

    Figure m_epoch;
    Figure m_loss;
    Figure m_linear;
    Figure m_knn;
    Figure m_speed;
    Figure m_left;
};

} // namespace simclr::ui
