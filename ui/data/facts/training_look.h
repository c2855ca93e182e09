// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/background/background_worker.h"

#include <QImage>
#include <QWidget>

namespace simclr::ui {

/// One image beside itself at the training size, centre-cropped as for evaluation: what detail is left for
/// the encoder. Owned by the FactsPanel; UI thread.
class TrainingLook : public QWidget {
    Q_OBJECT
  public:
    explicit TrainingLook(QWidget *parent = nullptr);

    /// `side`: of the views, pixels. Null: no image.
    void show(const DatasetPtr &dataset, std::uint32_t sample, int side);
    /// Both pictures; null until they are made.
    const QImage &original() const { return m_original; }
    const QImage &atTrainingSize() const { return m_small; }
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    struct Pictures {
        QImage original;
        QImage small;
        QString caption; ///< their sizes, or why there are none
    };
    static Pictures makePictures(const Dataset &dataset, std::uint32_t sample, int side);
    void take(const Pictures &pictures);

    QImage m_original;
    QImage m_small;
    QString m_caption;
    BackgroundWorker m_worker{BackgroundWorker::Policy::FinishCurrent};
};

} // namespace simclr::ui
