// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/dataset_report_view.h"

#include "ui/data/class_bars.h"
#include "ui/text/dataset_text.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/text_labels.h"

#include <QFormLayout>
#include <QListWidget>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

QString imagesText(const DatasetReport &report) {
    if (report.classNames.empty())
        return DatasetReportView::tr("%1, without labels").arg(countText(report.images));
    if (report.unlabelledImages() > 0)
        return DatasetReportView::tr("%1 without labels to learn from, %2 labelled in %3 classes")
            .arg(countText(report.unlabelledImages()), countText(report.labelledImages()),
                 countText(report.classNames.size()));
    return DatasetReportView::tr("%1 in %2 classes")
        .arg(countText(report.images), countText(report.classNames.size()));
}

/// Images without labels beside labelled ones are in no split.
bool isSplit(const Dataset &dataset, std::uint32_t sample) {
    return !dataset.isLabelled() || dataset.label(sample) != Dataset::unlabelled;
}

QString splitsText(const Dataset &dataset) {
    if (!dataset.report().hasTestSplit)
        return dataset.isLabelled()
                   ? DatasetReportView::tr("none; each run holds out validation and test images")
                   : DatasetReportView::tr("all for training");
    std::size_t test = 0;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        test += dataset.isTestSample(sample) && isSplit(dataset, sample) ? 1 : 0;
    const std::size_t all = dataset.isLabelled() ? dataset.report().labelledImages() : dataset.size();
    return DatasetReportView::tr("%1 for training, %2 for testing")
        .arg(countText(all - test), countText(test));
}

} // namespace

DatasetReportView::DatasetReportView(QWidget *parent)
    : QWidget(parent),
      m_title(titleLabel({})),
      m_notes(mutedLabel()),
      m_classes(new ClassBars),
      m_brokenTitle(headingLabel({})),
      m_broken(new QListWidget) {
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(4);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_title->setObjectName(QStringLiteral("reportTitle"));
    m_title->setWordWrap(true);
    m_kind = addRow(*form, tr("Kind"), "reportKind");
    m_images = addRow(*form, tr("Images"), "reportImages");
    m_size = addRow(*form, tr("Size"), "reportSize");
    m_memory = addRow(*form, tr("Memory"), "reportMemory");
    m_splits = addRow(*form, tr("Splits"), "reportSplits");
    m_brokenTitle->setObjectName(QStringLiteral("brokenTitle"));
    m_broken->setObjectName(QStringLiteral("brokenFiles"));
    m_broken->setAccessibleName(tr("Files that cannot be used"));
    m_broken->setWordWrap(true);
    m_broken->setMaximumHeight(120);
    m_broken->setMinimumHeight(56);
    m_broken->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addLayout(form);
    m_notes->setObjectName(QStringLiteral("reportNotes"));
    m_notes->setWordWrap(true);
    layout->addWidget(m_notes);
    layout->addSpacing(2);
    layout->addWidget(m_classes);
    layout->addWidget(m_brokenTitle);
    layout->addWidget(m_broken);
}

QLabel *DatasetReportView::addRow(QFormLayout &form, const QString &title, const char *objectName) {
    QLabel *label = plainLabel();
    label->setObjectName(QString::fromLatin1(objectName));
    label->setWordWrap(true);
    form.addRow(mutedLabel(title), label);
    return label;
}

void DatasetReportView::setDataset(const Dataset &dataset) {
    const DatasetReport &report = dataset.report();
    m_title->setText(QString::fromStdString(report.title));
    m_kind->setText(kindText(report));
    m_images->setText(imagesText(report));
    m_size->setText(sizeText(report));
    m_memory->setText(report.inMemory ? tr("decoded once, kept in memory")
                                      : tr("too large for memory; read from disk during training"));
    m_splits->setText(splitsText(dataset));
    QStringList notes;
    for (const Message &note : report.notes)
        notes.append(coreText(note));
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    m_classes->setReport(report);
    showBroken(report);
}

void DatasetReportView::showBroken(const DatasetReport &report) {
    m_broken->clear();
    for (const BrokenFile &file : report.broken) {
        const bool named = file.reason.find(file.name) != std::string::npos;
        m_broken->addItem(QString::fromStdString(named ? file.reason : file.name + "\n" + file.reason));
    }
    QString title = report.brokenCount == 1
                        ? tr("1 file cannot be used and is left out")
                        : tr("%1 files cannot be used and are left out").arg(countText(report.brokenCount));
    if (report.brokenCount > report.broken.size())
        title += tr("; the first %1:").arg(countText(report.broken.size()));
    m_brokenTitle->setText(title);
    m_brokenTitle->setVisible(report.brokenCount > 0);
    m_broken->setVisible(report.brokenCount > 0);
}

} // namespace simclr::ui
