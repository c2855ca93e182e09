// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/recipe_summary.h"

#include "core/augment/operation.h"
#include "ui/widgets/text_labels.h"
#include "ui/workspace/training_words.h"

#include <QGridLayout>
#include <QStringList>

namespace simclr::ui {

namespace {

QString stepTitle(const PipelineStep &step) {
    const OperationType *type = findOperationType(step.operation);
    return QString::fromStdString(type != nullptr ? type->title : step.operation);
}

} // namespace

RecipeSummary::RecipeSummary(QWidget *parent)
    : QWidget(parent),
      m_dataset(new ElidedLabel({}, this)),
      m_pipeline(new ElidedLabel({}, this)),
      m_steps(mutedLabel({}, this)) {
    m_dataset->setObjectName(QStringLiteral("datasetSummary"));
    m_pipeline->setObjectName(QStringLiteral("pipelineSummary"));
    m_steps->setObjectName(QStringLiteral("stepsSummary"));
    m_steps->setWordWrap(true);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(10);
    layout->setVerticalSpacing(3);
    layout->addWidget(mutedLabel(tr("Images"), this), 0, 0, Qt::AlignTop);
    layout->addWidget(m_dataset, 0, 1);
    layout->addWidget(mutedLabel(tr("Views"), this), 1, 0, Qt::AlignTop);
    layout->addWidget(m_pipeline, 1, 1);
    layout->addWidget(m_steps, 2, 1);
    layout->setColumnStretch(1, 1);
    setDataset(nullptr);
}

void RecipeSummary::setDataset(const DatasetPtr &dataset) {
    if (!dataset) {
        m_dataset->setText(tr("none opened yet"));
        return;
    }
    const DatasetReport &report = dataset->report();
    m_dataset->setText(
        tr("%1 · %2 images").arg(QString::fromStdString(report.title), countText(report.images)));
}

void RecipeSummary::setPipeline(const Pipeline &pipeline) {
    QStringList steps;
    for (const PipelineStep &step : pipeline.steps)
        if (step.enabled)
            steps.append(stepTitle(step));
    m_pipeline->setText(QString::fromStdString(pipeline.name));
    m_steps->setText(steps.isEmpty() ? tr("no operation is switched on") : steps.join(QStringLiteral(" · ")));
}

} // namespace simclr::ui
