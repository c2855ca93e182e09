// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/recipe_summary.h"

#include "core/augment/operation.h"
#include "ui/text/step_titles.h"
#include "ui/text/training_text.h"
#include "ui/widgets/text_labels.h"

#include <QGridLayout>

namespace simclr::ui {

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
    const QString text =
        tr("%1 · %2 images").arg(QString::fromStdString(report.title), countText(report.images));
    const bool isMixed = dataset->isLabelled() && report.unlabelledImages() > 0;
    m_dataset->setText(isMixed ? tr("%1, %2 of them labelled").arg(text, countText(report.labelledImages()))
                               : text);
}

void RecipeSummary::setPipeline(const Pipeline &pipeline) {
    const QString none = tr("no operation is enabled");
    const auto described = [&](int view) {
        const QString titles = stepTitles(pipeline.stepsOf(view));
        return titles.isEmpty() ? none : titles;
    };
    m_pipeline->setText(QString::fromStdString(pipeline.name));
    m_steps->setText(pipeline.secondSteps ? tr("View 1: %1\nView 2: %2").arg(described(0), described(1))
                                          : described(0));
}

} // namespace simclr::ui
