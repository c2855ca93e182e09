// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QGridLayout;

namespace simclr::ui {

/// The few numbers that a look from across the room wants: epoch, loss, accuracies, speed, time left. Owned
/// by the TrainPage.
class RunHeadline : public QWidget {
    Q_OBJECT
  public:
    explicit RunHeadline(QWidget *parent = nullptr);

    /// Every number unknown again.
    void clear();
    /// Without labels there are no accuracies to show.
    void setLabelled(bool labelled);
    void setEpoch(double done, std::int64_t total);
    void setStep(const StepFinished &step);
    void setResult(const Evaluated &evaluated);
    void setSecondsLeft(double seconds);
    /// Half of the figures beside each other: the others go below them where there is no more room.
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
