// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/data/dataset.h"

#include <QWidget>

class QLabel;

namespace simclr::ui {

class ElidedLabel;

/// Summary of what a run uses, in three muted lines: the images, the pipeline, its steps. Owned by the
/// TrainPage.
class RecipeSummary : public QWidget {
    Q_OBJECT
  public:
    explicit RecipeSummary(QWidget *parent = nullptr);

    void setDataset(const DatasetPtr &dataset);
    void setPipeline(const Pipeline &pipeline);

  private:
    ElidedLabel *m_dataset;
    ElidedLabel *m_pipeline;
    QLabel *m_steps;
};

} // namespace simclr::ui
