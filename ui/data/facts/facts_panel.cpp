// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/facts/facts_panel.h"

#include "ui/data/dataset_report_view.h"
#include "ui/data/facts/splits_box.h"
#include "ui/data/facts/statistics_box.h"
#include "ui/data/facts/training_look.h"
#include "ui/widgets/text_labels.h"

#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

FactsPanel::FactsPanel(DataStudy &study, QWidget *parent)
    : QScrollArea(parent),
      m_study(study),
      m_report(new DatasetReportView),
      m_splits(new SplitsBox(study)),
      m_lookTitle(headingLabel(tr("At the training size"))),
      m_look(new TrainingLook) {
    setObjectName(QStringLiteral("factsPanel"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, 10, 0);
    m_column->setSpacing(14);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_report, m_splits, new StatisticsBox(study), m_lookTitle, m_look})
        m_column->addWidget(widget);
    m_column->addStretch(1);
    setWidget(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    connect(m_splits, &SplitsBox::optionEdited, this, &FactsPanel::optionEdited);
    connect(&study, &DataStudy::datasetChanged, this, &FactsPanel::showDataset);
    showDataset();
}

void FactsPanel::addOnTop(QWidget *widget) {
    m_column->insertWidget(m_onTop++, widget);
}

void FactsPanel::setOptions(const TrainOptions &options) {
    m_splits->setOptions(options);
    showLook();
}

void FactsPanel::setSample(qint64 sample) {
    m_sample = sample;
    showLook();
}

void FactsPanel::showDataset() {
    const DatasetPtr dataset = m_study.dataset();
    m_sample = -1;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_report, m_splits, m_lookTitle})
        widget->setVisible(dataset != nullptr);
    if (dataset)
        m_report->setDataset(*dataset);
    showLook();
}

void FactsPanel::showLook() {
    m_look->show(m_study.dataset(), std::uint32_t(std::max<qint64>(0, m_sample)),
                 int(m_study.options().imageSize));
}

} // namespace simclr::ui
